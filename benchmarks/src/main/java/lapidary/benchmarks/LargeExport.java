package lapidary.benchmarks;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.ExportReport;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.ElementType;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.models.TensorInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;

/**
 * Exports a network that one ONNX file cannot hold, and prints what that takes of memory beyond the network itself; then opens the
 * pair and runs it. Arguments: how many layers of 8,192 × 8,192 (256 MiB each).
 */
public final class LargeExport {
  private static final int WIDTH = 8_192;
  private static final long MOST_INSIDE = 1 << 20;

  private LargeExport() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int layers = Integer.parseInt(arguments[0]);
    System.out.println(Processor.line());
    Path folder = Files.createTempDirectory("lapidary-large");
    try (NDManager manager = NDManager.newBaseManager()) {
      SequentialBlock network = new SequentialBlock();
      for (int i = 0; i < layers; i++) {
        network.add(Linear.builder().setUnits(WIDTH).build());
      }
      network.initialize(manager, DataType.FLOAT32, new Shape(1, WIDTH));
      export(network, 4L * layers * WIDTH * (WIDTH + 1), folder.resolve("large.onnx"));
    } finally {
      Folders.delete(folder);
    }
  }

  private static void export(SequentialBlock network, long bytes, Path target) throws IOException {
    ExportOptions options = ExportOptions.defaults().withMostInside(MOST_INSIDE);
    System.gc();
    long before = ResidentMemory.now().current();
    long start = System.nanoTime();
    ExportReport report =
        OnnxExporter.export(network, description(), target, options, ParityRows.random(7));
    double seconds = (System.nanoTime() - start) / 1e9;
    long more = ResidentMemory.now().most() - before;
    System.out.printf(
        Locale.ROOT,
        "weights %,d MiB, exported and compared in %.1f s, at most %,d MiB beyond the network: %.2f ×;"
            + " %s%n",
        bytes >> 20,
        seconds,
        more >> 20,
        (double) more / bytes,
        report.parity());
    run(target);
  }

  private static void run(Path file) {
    long start = System.nanoTime();
    try (Model model = Model.open(file, Device.cpu(1))) {
      double opened = (System.nanoTime() - start) / 1e9;
      Map<String, Tensor> answers =
          model.run(Map.of("x", Tensor.floats(new float[WIDTH], 1, WIDTH)));
      System.out.printf(
          Locale.ROOT,
          "opened in %.1f s, %,d values answered%n",
          opened,
          Objects.requireNonNull(answers.get("y")).floats().length);
    }
  }

  private static ModelDescription description() {
    String digest = "0".repeat(64);
    return new ModelDescription(
        new Architecture.Custom("large"),
        Task.CLASSIFICATION,
        Labels.NONE,
        new Signature(
            List.of(new TensorInput("x", ElementType.FLOAT32, List.of((long) WIDTH))),
            List.of(Output.of("y", 0))),
        Provenance.of(new DataSource("none", digest, "unknown"), 7, Map.of(), Map.of(), digest),
        ModelDescription.Evidence.NONE);
  }
}
