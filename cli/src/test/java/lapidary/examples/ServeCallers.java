package lapidary.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lapidary.models.Output;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.Batcher;
import lapidary.runtime.serving.Reload;
import lapidary.runtime.serving.ReloadingModel;

/** Answers many callers in batches, from whatever model the file holds at the time. */
public final class ServeCallers {
  private static final int CALLERS = 8;

  private ServeCallers() {}

  /** Argument: the ONNX file of a classifier. Each line of standard input is the path of a picture. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Consumer<Reload> log = System.out::println;
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (ReloadingModel model =
            ReloadingModel.open(file, ModelOptions.of(Device.auto()), Duration.ofSeconds(1), log);
        Batcher batcher = new Batcher(model, List.of(Output.PROBABILITIES), BatchLimits.DEFAULT);
        ImageClassifier classifier = ImageClassifier.of(batcher)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Path picture = Path.of(line);
        callers.execute(() -> System.out.println(classifier.classify(picture, 1)));
      }
      callers.shutdown();
      callers.awaitTermination(1, TimeUnit.MINUTES);
    }
  }
}
