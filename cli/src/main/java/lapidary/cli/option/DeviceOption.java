package lapidary.cli.option;

import lapidary.runtime.device.Device;
import picocli.CommandLine.Option;

/** Where the runtime runs. */
public final class DeviceOption {
  @Option(
      names = "--device",
      defaultValue = "cpu",
      paramLabel = "DEVICE",
      description = "cpu, cpu:THREADS, cuda, cuda:N, tensorrt or auto; default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String device;

  public Device device() {
    return Device.parse(device);
  }
}
