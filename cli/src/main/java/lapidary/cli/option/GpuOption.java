package lapidary.cli.option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.GpuOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a GPU computes that a model runs on. */
public final class GpuOption {
  private static final int MEBI = 1 << 20;

  @Option(
      names = "--gpu-precision",
      paramLabel = "P",
      description =
          "On a GPU: tf32, float32 (cuda only) or float16 (tensorrt only); default tf32, about 1e-3 from a CPU's answers.")
  private @Nullable String precision;

  @Option(
      names = "--gpu-search",
      paramLabel = "HOW",
      description =
          "On cuda: exhaustive tries each way to convolve a new shape; heuristic does not, for pictures of many sizes; default exhaustive.")
  private @Nullable String search;

  @Option(
      names = "--gpu-memory",
      paramLabel = "MIB",
      description = "On cuda: the memory that the model's arena may take; default no limit.")
  private @Nullable Integer mebibytes;

  @Option(
      names = "--engines",
      paramLabel = "FOLDER",
      description =
          "On tensorrt: keep the engines that it builds, which takes minutes, and take them from there.")
  private @Nullable Path engines;

  /**
   * How a model is opened on a device.
   *
   * @throws InvalidInputException if the device does not take what was asked for
   */
  public ModelOptions on(Device device) {
    return ModelOptions.of(device)
        .withGpu(new GpuOptions(
            named("GPU precision", precision, GpuOptions.DEFAULT.arithmetic()),
            named("GPU search", search, GpuOptions.DEFAULT.search()),
            mebibytes == null ? OptionalLong.empty() : OptionalLong.of((long) mebibytes * MEBI),
            Optional.ofNullable(engines)));
  }

  private static <E extends Enum<E>> E named(String what, @Nullable String text, E usual) {
    if (text == null) {
      return usual;
    }
    E[] known = usual.getDeclaringClass().getEnumConstants();
    return Arrays.stream(known)
        .filter(value -> name(value).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown(
            what, text, Arrays.stream(known).map(GpuOption::name).toList()));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
