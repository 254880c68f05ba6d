package lapidary.runtime.device;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;

/**
 * Where a model runs. A device that was asked for and is not there is an error; only {@link #auto()} chooses, and
 * {@code Model.device()} says what it chose and why. Immutable values.
 */
public sealed interface Device permits Device.Cpu, Device.Cuda, Device.TensorRt, Device.Auto {
  /** The device as {@link #parse} takes it, such as {@code cuda:0}. */
  String text();

  /** The CPU with as many threads as this process may use. */
  static Device cpu() {
    return new Cpu(Runtime.getRuntime().availableProcessors());
  }

  /** The CPU with {@code threads} threads for one run, at least 1. */
  static Device cpu(int threads) {
    return new Cpu(threads);
  }

  /** The NVIDIA GPU {@code index}, from 0, through CUDA. */
  static Device cuda(int index) {
    return new Cuda(index);
  }

  /** The NVIDIA GPU {@code index}, from 0, through TensorRT, with CUDA for what TensorRT does not take. */
  static Device tensorRt(int index) {
    return new TensorRt(index);
  }

  /** {@code cuda:0} if it is there, otherwise the CPU. */
  static Device auto() {
    return new Auto();
  }

  /**
   * Reads {@code cpu}, {@code cpu:THREADS}, {@code cuda}, {@code cuda:N}, {@code tensorrt}, {@code tensorrt:N} or {@code auto},
   * in any case.
   *
   * @throws InvalidInputException if the text is not one of these; the message has the nearest name
   */
  static Device parse(String text) {
    Matcher matcher =
        Pattern.compile("([^:]*)(?::(\\d{1,4}))?").matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new InvalidInputException(
          "device \"" + text + "\" does not end in a number; write a device like cpu:2 or cuda:0");
    }
    boolean numbered = matcher.group(2) != null;
    int number = numbered ? Integer.parseInt(matcher.group(2)) : 0;
    return switch (matcher.group(1)) {
      case "cpu" -> numbered ? cpu(number) : cpu();
      case "cuda" -> cuda(number);
      case "tensorrt" -> tensorRt(number);
      case "auto" -> requireAlone(numbered);
      default ->
        throw NearestName.unknown(
            "device", matcher.group(1), List.of("cpu", "cuda", "tensorrt", "auto"));
    };
  }

  private static Device requireAlone(boolean numbered) {
    if (numbered) {
      throw new InvalidInputException(
          "device auto takes no number; write auto, or the device you want, such as cuda:1");
    }
    return auto();
  }

  private static void requireIndex(String kind, int index) {
    if (index < 0) {
      throw new InvalidInputException(
          "device " + kind + ":" + index + " cannot be; GPUs are numbered from 0");
    }
  }

  /**
   * The CPU.
   *
   * @param threads threads that share the work of one run, at least 1
   */
  record Cpu(int threads) implements Device {
    /** Refuses fewer than one thread. */
    public Cpu {
      if (threads < 1) {
        throw new InvalidInputException(
            "device cpu:" + threads + " has no thread; give at least 1, such as cpu:1");
      }
    }

    @Override
    public String text() {
      return "cpu:" + threads;
    }
  }

  /**
   * An NVIDIA GPU through CUDA.
   *
   * @param index from 0
   */
  record Cuda(int index) implements Device {
    /** Refuses a negative index. */
    public Cuda {
      requireIndex("cuda", index);
    }

    @Override
    public String text() {
      return "cuda:" + index;
    }
  }

  /**
   * An NVIDIA GPU through TensorRT.
   *
   * @param index from 0
   */
  record TensorRt(int index) implements Device {
    /** Refuses a negative index. */
    public TensorRt {
      requireIndex("tensorrt", index);
    }

    @Override
    public String text() {
      return "tensorrt:" + index;
    }
  }

  /** The first CUDA GPU, or the CPU. */
  record Auto() implements Device {
    @Override
    public String text() {
      return "auto";
    }
  }
}
