package lapidary.cli.search;

import java.nio.file.Path;
import lapidary.cli.option.BulkDevice;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.ModelFiles;
import lapidary.runtime.Embedder;
import lapidary.runtime.device.Device;
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

  /** How many batches are in work at a time. */
  int workers() {
    return BulkDevice.of(device()).workers();
  }

  /** Opens a model for many images. */
  Embedder open(Path model) {
    Embedder embedder = open(model, BulkDevice.of(device()).device());
    if (device() instanceof Device.Auto && embedder.model().device().used().startsWith("cpu")) {
      // Which it is going to be is known only afterwards.
      embedder.close();
      return open(model, BulkDevice.of(Device.cpu()).device());
    }
    return embedder;
  }

  private Embedder open(Path model, Device on) {
    return output == null ? ModelFiles.embedder(model, on) : ModelFiles.embedder(model, on, output);
  }
}
