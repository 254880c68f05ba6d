package lapidary.trainer.engine;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;

/** What DJL can train on. Loads the engine. Stateless. */
public final class TrainingDevices {
  static final String CPU = "cpu";
  private static final String AUTO = "auto";
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  private TrainingDevices() {}

  /**
   * A device and whether it can be trained on.
   *
   * @param name {@code cpu}, {@code cuda}, or {@code cuda:N}
   * @param available whether training works there
   * @param detail what it is, or what is missing
   */
  public record Row(String name, boolean available, String detail) {}

  /** What DJL sees: the CPU and whether its convolutions are right, and each CUDA device or the reason why there is not one. */
  public static List<Row> probe() {
    TorchBuild.preferCuda();
    List<Row> rows = new ArrayList<>();
    String engine = Engines.version() + ", " + Engines.threads() + " threads";
    rows.add(new Row(CPU, true, engine + ", " + ConvolutionProbe.verdict()));
    int devices = Engines.cudaDevices();
    for (int i = 0; i < devices; i++) {
      Optional<String> trouble = trouble(i);
      rows.add(new Row(
          "cuda:" + i,
          trouble.isEmpty(),
          trouble.orElse(Engines.version() + " with CUDA has computed on it")));
    }
    if (devices == 0) {
      rows.add(new Row("cuda", false, noDevice()));
    }
    return List.copyOf(rows);
  }

  /**
   * The device for {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}, or several with commas between, such as
   * {@code cuda:0,cuda:1}, which share each batch. Only {@code auto} chooses; the others are given as asked for or refused.
   *
   * @throws InvalidInputException if the text is not one of these
   * @throws EnvironmentException if the machine has no such device, saying what is missing
   */
  public static DeviceChoice choose(String wanted) {
    if (!wanted.equals(CPU)) {
      TorchBuild.preferCuda();
    }
    if (wanted.equals(AUTO)) {
      return automatic();
    }
    String names = Arrays.stream(wanted.split(",", -1))
        .map(TrainingDevices::require)
        .collect(Collectors.joining(","));
    return new DeviceChoice(names, "asked for");
  }

  private static DeviceChoice automatic() {
    Optional<String> trouble = Engines.cudaDevices() == 0 ? Optional.of(noDevice()) : trouble(0);
    return trouble
        .map(reason -> new DeviceChoice(CPU, "auto: " + reason))
        .orElseGet(() -> new DeviceChoice("cuda:0", "auto: the first CUDA device"));
  }

  /** The full name of one device that is there. */
  private static String require(String wanted) {
    if (wanted.equals(CPU)) {
      return CPU;
    }
    Matcher cuda = CUDA.matcher(wanted);
    if (!cuda.matches()) {
      throw new InvalidInputException("device \"" + wanted
          + "\"; give auto, cpu, cuda or cuda:N, or several such as cuda:0,cuda:1");
    }
    int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
    requireCuda(wanted, index);
    return "cuda:" + index;
  }

  private static void requireCuda(String wanted, int index) {
    int devices = Engines.cudaDevices();
    Optional<String> trouble = devices == 0 ? Optional.of(noDevice()) : Optional.empty();
    if (devices > 0) {
      trouble = index < devices
          ? trouble(index)
          : Optional.of("this machine has " + devices
              + " CUDA devices, numbered from 0; use one of them, or the device cpu");
    }
    trouble.ifPresent(reason -> {
      throw new EnvironmentException("device " + wanted + " cannot be trained on: " + reason);
    });
  }

  /** Why a device that was counted cannot be used, for instance because there is no code for it. */
  private static Optional<String> trouble(int index) {
    return Engines.refusal(Device.gpu(index))
        .map(said -> TorchBuild.trouble(Optional.of(said)).orElse(said));
  }

  private static String noDevice() {
    return TorchBuild.trouble(Optional.empty())
        .orElse("the NVIDIA driver counts a device that PyTorch " + Engines.pytorchVersion()
            + " does not: it was loaded before one was asked for, or CUDA_VISIBLE_DEVICES hides"
            + " it; use the device cpu");
  }
}
