package lapidary.trainer.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    List<Row> rows = new ArrayList<>();
    String engine = Engines.version() + ", " + Engines.threads() + " threads";
    rows.add(new Row(CPU, true, engine + ", " + ConvolutionProbe.verdict()));
    int devices = Engines.cudaDevices();
    for (int i = 0; i < devices; i++) {
      rows.add(new Row("cuda:" + i, true, Engines.version() + " with CUDA"));
    }
    if (devices == 0) {
      rows.add(new Row("cuda", false, missingCuda() + remedy()));
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
    if (wanted.equals(AUTO)) {
      return Engines.cudaDevices() > 0
          ? new DeviceChoice("cuda:0", "auto: the first CUDA device")
          : new DeviceChoice(CPU, "auto: " + missingCuda());
    }
    String names = Arrays.stream(wanted.split(",", -1))
        .map(TrainingDevices::require)
        .collect(Collectors.joining(","));
    return new DeviceChoice(names, "asked for");
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
    if (index >= devices) {
      throw new EnvironmentException("device " + wanted + " is not there to train on: "
          + (devices == 0
              ? missingCuda() + remedy()
              : "this machine has " + devices + " CUDA devices")
          + "; use --device cpu or auto");
    }
  }

  private static String missingCuda() {
    return Engines.hasCuda()
        ? "no CUDA device or driver answers"
        : "no CUDA in PyTorch's CPU build";
  }

  private static String remedy() {
    return Engines.hasCuda()
        ? ", though the PyTorch library has CUDA; install NVIDIA's driver"
        : " (pytorch-native-cpu); training on CUDA needs a CUDA build of PyTorch "
            + Engines.pytorchVersion()
            + ", for instance by PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR";
  }
}
