package lapidary.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lapidary.models.Pixels;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.ServedShape;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;

/**
 * What {@link Model#footprint} says beside what the kernel says of the whole process, each shape and way of opening in a JVM of its
 * own whose heap is there from the beginning, so that nothing but native memory grows. Arguments: an .onnx file that takes images of
 * open height and width, then shapes such as {@code 8x512} (rows, pixels).
 */
public final class Footprint {
  private static final int RUNS = 5;

  private Footprint() {}

  /** Ways to open. */
  enum Way {
    /** Nothing said: nothing is measured or given back. */
    DEFAULT,
    /** The shape is said to be served. */
    SERVED,
    /** The same, with memory planned by shape. */
    SERVED_WITH_PATTERN;

    ModelOptions options(ServedShape shape) {
      ModelOptions plain = ModelOptions.of(Device.cpu(1));
      return switch (this) {
        case DEFAULT -> plain;
        case SERVED -> plain.withServed(shape);
        case SERVED_WITH_PATTERN ->
          plain.withServed(shape).withMemoryPattern(ModelOptions.MemoryPattern.ON);
      };
    }
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 4) {
      measure(arguments);
      return;
    }
    System.out.println(Processor.line());
    for (String shape : List.of(arguments).subList(1, arguments.length)) {
      for (Way way : Way.values()) {
        System.out.print(child(arguments[0], shape, way));
      }
    }
  }

  private static String child(String file, String shape, Way way)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms192m",
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:+AlwaysPreTouch",
        "-cp",
        System.getProperty("java.class.path"),
        Footprint.class.getName()));
    command.addAll(List.of(file, shape, way.name(), "child"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said : shape + " " + way + " failed: " + said;
  }

  private static void measure(String[] arguments) throws IOException {
    int times = arguments[1].indexOf('x');
    int rows = Integer.parseInt(arguments[1].substring(0, times));
    int pixels = Integer.parseInt(arguments[1].substring(times + 1));
    Way way = Way.valueOf(arguments[2]);
    loadOnnxRuntime();
    ResidentMemory before = ResidentMemory.now();
    try (Model model =
        Model.open(Path.of(arguments[0]), way.options(ServedShape.images(rows, pixels, pixels)))) {
      long opened = ResidentMemory.now().current() - before.current();
      double least =
          least(model, Pixels.of(rows, pixels, pixels, 3, new byte[rows * pixels * pixels * 3]));
      ResidentMemory after = ResidentMemory.now();
      System.out.printf(
          Locale.ROOT,
          "%d × %d px, %s: footprint %s; resident +%.0f MiB opened, +%.0f after runs, most +%.0f; a"
              + " run %.1f ms%n",
          rows,
          pixels,
          way,
          model.footprint().map(Footprint::text).orElse("not asked for"),
          opened / ResidentMemory.MEBIBYTE,
          (after.current() - before.current()) / ResidentMemory.MEBIBYTE,
          (after.most() - before.current()) / ResidentMemory.MEBIBYTE,
          least / 1e6);
    }
  }

  /** Nanoseconds of the fastest of a few runs. */
  private static double least(Model model, Pixels images) {
    Map<String, Tensor> inputs = Map.of(model.inputs().get(0).name(), Tensor.pixels(images));
    List<String> outputs = List.of(model.outputs().get(0).name());
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      model.run(inputs, outputs);
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  /** Some 30 MiB, which no model is to blame for. */
  private static void loadOnnxRuntime() throws IOException {
    Path folder = Files.createTempDirectory("lapidary-dense");
    try (Model tiny = Model.open(DenseNetwork.of(8, 4).write(folder), Device.cpu(1))) {
      tiny.run(Rows.zeros(tiny, 1));
    } finally {
      Folders.delete(folder);
    }
  }

  private static String text(lapidary.runtime.Footprint footprint) {
    return String.format(
        Locale.ROOT,
        "%.0f MiB of %.0f opened",
        footprint.served() / ResidentMemory.MEBIBYTE,
        footprint.opened() / ResidentMemory.MEBIBYTE);
  }
}
