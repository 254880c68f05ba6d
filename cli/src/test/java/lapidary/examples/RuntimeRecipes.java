package lapidary.examples;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.runtime.Binding;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.ModelFile;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Prediction;
import lapidary.runtime.ServedShape;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.Batcher;
import lapidary.runtime.serving.OverloadedException;
import lapidary.runtime.serving.Reload;
import lapidary.runtime.serving.ReloadingModel;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatistics;
import lapidary.runtime.serving.registry.ModelStatus;
import lapidary.runtime.serving.registry.RegistryOptions;

/** The recipes of docs/runtime.md, one a method. */
public final class RuntimeRecipes {
  private RuntimeRecipes() {}

  /** Answers for one picture. */
  public static void classify(Path file, Path picture) {
    try (ImageClassifier classifier = ImageClassifier.open(file, Device.cpu(1))) {
      Prediction best = classifier.classify(picture, 1).get(0);
      System.out.println(best.label() + " " + best.probability());
    }
  }

  /** Answers for many at once. */
  public static void many(ImageClassifier classifier, List<Pixels> pictures) {
    for (float[] row : classifier.probabilities(Pixels.joined(pictures))) {
      System.out.println(classifier.ranked(row, 1).get(0).label());
    }
  }

  /** Batches callers that do not know of each other. */
  public static void batch(Path file, List<Path> pictures, ExecutorService callers)
      throws InterruptedException {
    try (Model model = Model.open(file, Device.cpu(1));
        Batcher batcher = new Batcher(model, List.of(Output.PROBABILITIES), BatchLimits.DEFAULT);
        ImageClassifier classifier = ImageClassifier.of(batcher)) {
      for (Path picture : pictures) {
        callers.execute(() -> System.out.println(classifier.classify(picture, 1)));
      }
      callers.shutdown();
      callers.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  /** Hands rows in without waiting. */
  public static void submit(Batcher batcher, Map<String, Tensor> row) {
    try {
      CompletableFuture<Map<String, Tensor>> answer = batcher.submit(row);
      System.out.println(answer.join().get(Output.PROBABILITIES));
    } catch (OverloadedException e) {
      System.out.println("429, Retry-After: 1");
    }
  }

  /** Follows a file. */
  public static void follow(Path file, Path picture) {
    ModelOptions options = ModelOptions.of(Device.cpu(1)).withWarmUpRuns(1);
    Consumer<Reload> told = System.out::println;
    try (ReloadingModel model = ReloadingModel.open(file, options, Duration.ofSeconds(1), told);
        ImageClassifier classifier = ImageClassifier.of(model)) {
      System.out.println(classifier.classify(picture, 1));
    }
  }

  /** Serves what a folder holds, by name and version. */
  public static void registry(Path folder, Path picture) {
    RegistryOptions options = RegistryOptions.of(ModelOptions.of(Device.cpu(1)))
        .withFolder(folder)
        .withBatching(BatchLimits.DEFAULT)
        .withListener(System.out::println);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      try (ModelLease lease = registry.lease("clothes");
          ImageClassifier classifier = ImageClassifier.of(lease)) {
        System.out.println(lease.version() + " " + classifier.classify(picture, 1));
      }
      statistics(registry);
    }
  }

  /** Counts and times. */
  static void statistics(ModelRegistry registry) {
    for (ModelStatus status : registry.index()) {
      ModelStatistics done = registry.statistics(status.name(), status.version());
      System.out.println(status.name() + "/" + status.version() + " " + status.state() + " calls "
          + done.success().count() + " failed " + done.failure().count() + " rejected "
          + done.rejected() + " ns computed " + done.compute().nanos() + " queued "
          + done.queue().nanos());
    }
  }

  /** Knows the memory before traffic. */
  public static void memory(Path file) {
    ModelOptions options = ModelOptions.of(Device.cpu(1))
        .withServed(ServedShape.rows(1), ServedShape.rows(32))
        .withMemoryBudget(2L << 30);
    try (Model model = Model.open(file, options)) {
      model.footprint().ifPresent(taken -> System.out.println(taken.served() >> 20));
    }
  }

  /** Opens a stranger's file. */
  public static void stranger(Path file) {
    ModelFile looked = ModelFile.read(file);
    System.out.println(looked.inputs() + " " + looked.sha256());
    try (Model model = Model.openIsolated(file, ModelOptions.of(Device.cpu(1)))) {
      System.out.println(model.outputs());
    } catch (InvalidInputException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Runs tensors without a copy. */
  public static void bind(Model model, byte[][] images) {
    Tensor example = Tensor.uint8(images[0], 1, 28, 28, 1);
    try (Binding binding = model.bind(Map.of("pixels", example), List.of(Output.PROBABILITIES))) {
      ByteBuffer pixels = binding.input("pixels");
      FloatBuffer probabilities = binding.output(Output.PROBABILITIES).asFloatBuffer();
      for (byte[] image : images) {
        pixels.put(0, image);
        binding.run();
        System.out.println(probabilities.get(0));
      }
    }
  }
}
