package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.runtime.Binding;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Bytes of garbage that a run of 784-50-10 makes, by JMH ({@code gc.alloc.rate.norm}), the image and the answer left out of a bound
 * run alone. No arguments.
 */
@State(Scope.Thread)
public class RunGarbage {
  private static final List<String> OUTPUTS = List.of(DenseNetwork.OUTPUT);

  private final Path folder;
  private final Model model;
  private final Map<String, Tensor> row;
  private final Binding binding;

  /** Opens the network. */
  public RunGarbage() {
    try {
      folder = Files.createTempDirectory("lapidary-dense");
      model = Model.open(DenseNetwork.of(784, 50, 10).write(folder), Device.cpu(1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    row = Rows.zeros(model, 1);
    binding = model.bind(row, OUTPUTS);
  }

  /** See the class. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder()
            .include(RunGarbage.class.getName())
            .addProfiler(GCProfiler.class)
            .warmupTime(TimeValue.seconds(2))
            .warmupIterations(3)
            .measurementTime(TimeValue.seconds(2))
            .measurementIterations(3)
            .forks(1)
            .verbosity(VerboseMode.NORMAL)
            .build())
        .run();
  }

  /** The network is ready. */
  @Setup
  public void ready() {
    binding.run();
  }

  /** A run that copies its answer. */
  @Benchmark
  public Map<String, Tensor> run() {
    return model.run(row, OUTPUTS);
  }

  /** A run in the same memory. */
  @Benchmark
  public void bound() {
    binding.run();
  }

  /** Closes the network. */
  @TearDown
  public void close() throws IOException {
    binding.close();
    model.close();
    Folders.delete(folder);
  }
}
