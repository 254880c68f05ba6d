import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import lapidary.exporter.OnnxExporter;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.EnvironmentException;
import lapidary.models.ImageInput;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.models.cuda.GpuFacts;
import lapidary.models.cuda.NvidiaDriver;
import lapidary.models.cuda.SharedLibraries;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.GpuOptions;
import lapidary.trainer.engine.CardWatch;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.Tf32;
import lapidary.trainer.engine.TrainingDevices;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.learn.LearnerData;
import lapidary.trainer.learn.LearnerOptions;
import lapidary.trainer.learn.Objective;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;

/**
 * The part of bench/gpu-check that is not a command of Lapidary: a ResNet-34 step, and sessions of the files given on CPU and CUDA
 * over the same rows. Prints rows of one table; exit 3 with one sentence where there is no GPU.
 */
public final class GpuCheck {
  private static final int SIZE = 224;
  private static final int BATCH = 64;
  private static final int STEPS = 4;
  private static final int CLASSES = 1000;
  private static final int[] BATCHES = {1, 8, 64};
  private static final double ENOUGH_SECONDS = 2;

  private GpuCheck() {}

  /** Arguments: the device to check, a folder to write to, ONNX files with an image input. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    String device = arguments[0];
    try {
      // Asked of both engines before anything takes time.
      DeviceChoice choice = TrainingDevices.choose(device);
      Path onnx = export(Path.of(arguments[1]));
      card();
      CardWatch watch = CardWatch.of(choice);
      step(choice.device(), device, Tf32.USUAL);
      if (choice.device().isGpu()) {
        step(choice.device(), device, Tf32.ON);
      }
      watch.look();
      watch.seen().forEach(use -> row("memory after these steps", "%s", use.text()));
      sessions(onnx, device);
      for (String file : List.of(arguments).subList(2, arguments.length)) {
        sessions(Path.of(file), device);
      }
    } catch (EnvironmentException e) {
      System.err.println("gpu-check: " + e.getMessage());
      System.exit(3);
    }
    System.exit(0);
  }

  private static void row(String what, String format, Object... values) {
    System.out.printf("| %s | %s |%n", what, String.format(format, values));
  }

  private static void card() {
    GpuFacts.Driver driver = NvidiaDriver.ask(SharedLibraries.ofThisProcess());
    row("card", "%s", driver.cards().stream()
        .map(card -> card.name() + ", " + card.mebibytes() + " MiB")
        .collect(Collectors.joining("; ")));
    row("driver", "%s", driver.version().orElse("unknown"));
  }

  /** Steps of AdamW on random pixels; the first epoch warms up. */
  private static void step(Device device, String name, Tf32 tf32) {
    Engines.multiply(tf32);
    // On a CPU one step is a matter of seconds.
    int rows = BATCH * (device.isGpu() ? STEPS : 1);
    float[] pixels = new float[rows * 3 * SIZE * SIZE];
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble() * 2 - 1;
    }
    int[] classes = random.ints(rows, 0, CLASSES).toArray();
    Objective objective = Objective.classifier(Adam.of(WeightDecay.decoupled(0.01)));
    try (Network network = Networks.of(resnet(), 0, device);
        TensorSet train = TensorSet.of(device, pixels, classes, 3, SIZE, SIZE);
        TensorSet valid = TensorSet.of(
            device, Arrays.copyOf(pixels, 3 * SIZE * SIZE), new int[] {0}, 3, SIZE, SIZE);
        Learner learner = Learner.of(
            network, new LearnerData(train, valid), objective, LearnerOptions.DEFAULT)) {
      double best = learner.fit(device.isGpu() ? 6 : 2, 1e-4).epochs().stream()
          .skip(1)
          .mapToDouble(epoch -> epoch.cost().examplesPerSecond())
          .max()
          .orElseThrow();
      row(
          "ResNet-34 step, batch 64, 224 px, " + name
              + (device.isGpu() ? ", TF32: " + tf32.text() : ""),
          "%.1f ms (%.0f examples/s)",
          1000 * BATCH / best,
          best);
    }
  }

  private static Architecture.Resnet resnet() {
    return new Architecture.Resnet(34, Architecture.Resnet.Head.PLAIN, CLASSES);
  }

  private static Path export(Path folder) throws Exception {
    Path file = Files.createDirectories(folder).resolve("resnet34.onnx");
    try (Network network = Networks.of(resnet(), 0)) {
      ModelDescription description = new ModelDescription(
          resnet(),
          Task.CLASSIFICATION,
          Labels.numbered(CLASSES),
          Signature.ofClasses(ImageInput.resnet(SIZE)),
          Provenance.of(new DataSource("none", "0".repeat(64), "none"), 0, Map.of(), Map.of(), "none"),
          ModelDescription.Evidence.NONE);
      OnnxExporter.export(network.block(), description, file);
    }
    return file;
  }

  /** On CUDA once as it comes and once without TF32, whose answers are a CPU's but for the order of sums. */
  private static void sessions(Path file, String device) {
    ModelOptions usual =
        ModelOptions.of(lapidary.runtime.device.Device.parse(device));
    try (Model cpu = Model.open(file, lapidary.runtime.device.Device.cpu())) {
      sessions(cpu, usual, device, 1e-3);
      if (usual.device() instanceof lapidary.runtime.device.Device.Cuda) {
        GpuOptions exact = GpuOptions.DEFAULT.withArithmetic(GpuOptions.Arithmetic.FLOAT32);
        sessions(cpu, usual.withGpu(exact), device + " without TF32", 1e-4);
      }
    }
  }

  private static void sessions(Model cpu, ModelOptions options, String name, double allowed) {
    try (Model gpu = Model.open(cpu.file(), options)) {
      for (int batch : BATCHES) {
        Map<String, Tensor> rows = rows(cpu, batch);
        String output = cpu.outputs().get(0).name();
        float[] wanted = cpu.run(rows).get(output).floats();
        float[] given = gpu.run(rows).get(output).floats();
        row(
            cpu.file().getFileName() + ", batch " + batch,
            "%.3f ms cpu, %.3f ms %s, worst difference %.1e (allowed %.0e)",
            milliseconds(cpu, rows),
            milliseconds(gpu, rows),
            name,
            difference(wanted, given),
            allowed);
      }
    }
  }

  private static Map<String, Tensor> rows(Model model, int batch) {
    long[] shape =
        model.inputs().get(0).shape().stream().mapToLong(d -> d < 0 ? SIZE : d).toArray();
    shape[0] = batch;
    byte[] pixels = new byte[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    new SplittableRandom(batch).nextBytes(pixels);
    return Map.of(model.inputs().get(0).name(), Tensor.uint8(pixels, shape));
  }

  /** The largest difference as a share of the largest value. */
  private static double difference(float[] wanted, float[] given) {
    double scale = 0;
    double worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      scale = Math.max(scale, Math.abs(wanted[i]));
      worst = Math.max(worst, Math.abs((double) wanted[i] - given[i]));
    }
    return worst / scale;
  }

  /** The median of a run, as many as two seconds hold. */
  private static double milliseconds(Model model, Map<String, Tensor> rows) {
    double[] times = new double[2000];
    int count = 0;
    long begin = System.nanoTime();
    while (count < 3 || (count < times.length && System.nanoTime() - begin < ENOUGH_SECONDS * 1e9)) {
      long start = System.nanoTime();
      model.run(rows);
      times[count++] = (System.nanoTime() - start) / 1e6;
    }
    double[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }
}
