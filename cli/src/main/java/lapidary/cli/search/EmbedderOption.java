package lapidary.cli.search;

import java.nio.file.Path;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.ModelFiles;
import lapidary.runtime.Device;
import lapidary.runtime.Embedder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a model runs, and which of its outputs is taken. */
final class EmbedderOption {
  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "The output of images to take, such as activations; default embedding, else features.")
  private @Nullable String output;

  boolean namesOutput() {
    return output != null;
  }

  Device device() {
    return device.device();
  }

  Embedder open(Path model) {
    return output == null
        ? ModelFiles.embedder(model, device())
        : ModelFiles.embedder(model, device(), output);
  }
}
