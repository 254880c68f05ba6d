package lapidary.trainer.engine;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;

/**
 * The device a run got, or the devices that share its batches.
 *
 * @param name {@code cpu} or {@code cuda:N}; several with commas between, the first holding the weights
 * @param reason why, in one clause
 */
public record DeviceChoice(String name, String reason) {
  /** Where the weights are. */
  public Device device() {
    return devices().get(0);
  }

  /** The devices beside it that take their share of each batch. */
  public List<Device> replicas() {
    List<Device> devices = devices();
    return devices.subList(1, devices.size());
  }

  private List<Device> devices() {
    return Arrays.stream(name.split(",", -1)).map(DeviceChoice::named).toList();
  }

  private static Device named(String device) {
    return device.equals(TrainingDevices.CPU)
        ? Device.cpu()
        : Device.gpu(Integer.parseInt(device.substring(device.indexOf(':') + 1)));
  }
}
