package lapidary.benchmarks.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lapidary.models.ElementType;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.ModelFile;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.device.Device;

/**
 * The program of a child: opens mutants and runs each on zeros, open dimensions taken as 1. Prints a line before and a line after
 * each: what it said last is what it died of. Arguments: seed, first mutant, number behind the last, a folder for the file, and
 * the sound files.
 */
public final class Attempts {
  /** What a mutant may take of the machine's memory beyond what the process has, 1 GiB. */
  static final long MOST_BYTES = 1L << 30;

  static final String BEGIN = "mutant ";
  static final String END = "was ";

  /** Values of all inputs together, above which a model is opened only: the caller would have to bring them. */
  private static final double MOST_VALUES = 1 << 22;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private Attempts() {}

  /** Tries a range of mutants. */
  public static void main(String[] args) throws IOException {
    long seed = Long.parseLong(args[0]);
    Path file = Path.of(args[3], "mutant.onnx");
    List<byte[]> sound = new ArrayList<>();
    for (int i = 4; i < args.length; i++) {
      sound.add(Files.readAllBytes(Path.of(args[i])));
      if (args[1].equals("0")) {
        requireSound(Path.of(args[i]));
      }
    }
    for (int index = Integer.parseInt(args[1]); index < Integer.parseInt(args[2]); index++) {
      byte[] mutant = Mutation.of(sound.get(index % sound.size()), seed, index);
      Files.write(file, mutant);
      System.out.println(BEGIN + index);
      System.out.println(END + bounded(file));
    }
  }

  /** What is to be damaged has to be sound: otherwise the count would flatter. */
  private static void requireSound(Path file) {
    String result = attempt(file);
    if (!result.contains("and gives")) {
      throw new IllegalStateException(file + " was " + result);
    }
  }

  private static String bounded(Path file) throws IOException {
    long before = resident("VmRSS");
    if (Files.isWritable(RESET)) {
      // Writing 5 makes the peak of resident memory begin anew.
      Files.writeString(RESET, "5");
    }
    String result = attempt(file);
    long taken = resident("VmHWM") - before;
    boolean starved = result.contains("bad_alloc")
        || result.contains("Failed to allocate")
        || result.contains("OutOfMemoryError");
    return taken > MOST_BYTES || starved
        ? Outcome.MEMORY + " " + (taken >> 20) + " MiB: " + result
        : result;
  }

  private static String attempt(Path file) {
    try {
      ModelFile.read(file);
    } catch (InvalidInputException | EnvironmentException e) {
      // A file that Java cannot describe may be one that is opened all the same.
    } catch (RuntimeException | Error e) {
      return Outcome.UNDOCUMENTED + " when described: " + e;
    }
    try (Model model = Model.open(file, Device.cpu(1))) {
      return Outcome.OPENED + " " + run(model);
    } catch (InvalidInputException | EnvironmentException e) {
      return told(file, Outcome.REFUSED, e);
    } catch (RuntimeException | Error e) {
      return Outcome.UNDOCUMENTED + " " + e;
    }
  }

  /** A refusal has to be a sentence about the file. */
  private static String told(Path file, Outcome outcome, Exception e) {
    String sentence = Objects.requireNonNullElse(e.getMessage(), "");
    boolean about = sentence.startsWith(file.toString());
    return (about ? outcome : Outcome.UNDOCUMENTED) + " " + sentence.replaceAll("\\s+", " ");
  }

  private static String run(Model model) {
    double values = 0;
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    for (TensorInfo input : model.inputs()) {
      values += values(input);
      if (values > MOST_VALUES) {
        return "and is too large to run";
      }
      zeros.put(input.name(), zeros(input));
    }
    try {
      return "and gives " + model.run(zeros).size() + " outputs";
    } catch (InvalidInputException | EnvironmentException e) {
      return "and does not run: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
  }

  private static Tensor zeros(TensorInfo input) {
    long[] shape = input.shape().stream().mapToLong(size -> Math.max(size, 0)).toArray();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = input.shape().get(i) < 0 ? 1 : shape[i];
    }
    int count = (int) values(input);
    ElementType type = input.type();
    if (type == ElementType.UINT8) {
      return Tensor.uint8(new byte[count], shape);
    } else if (type == ElementType.INT32) {
      return Tensor.int32(new int[count], shape);
    } else if (type == ElementType.INT64) {
      return Tensor.longs(new long[count], shape);
    } else if (type == ElementType.BOOL) {
      return Tensor.bools(new boolean[count], shape);
    } else if (type == ElementType.STRING) {
      return Tensor.strings(java.util.Collections.nCopies(count, "").toArray(String[]::new), shape);
    }
    return Tensor.floats(new float[count], shape);
  }

  /** As a double: a file may have dimensions whose product does not fit a long. */
  private static double values(TensorInfo input) {
    return input.shape().stream()
        .mapToDouble(size -> size < 0 ? 1 : size)
        .reduce(1, (a, b) -> a * b);
  }

  /** A figure of the process in bytes; 0 where the system does not tell. */
  private static long resident(String name) throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }
}
