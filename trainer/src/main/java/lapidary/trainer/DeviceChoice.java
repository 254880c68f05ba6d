package lapidary.trainer;

import ai.djl.Device;

/**
 * The device a run got.
 *
 * @param name {@code cpu} or {@code cuda:N}
 * @param reason why this one, in one clause
 */
public record DeviceChoice(String name, String reason) {
  Device device() {
    return name.equals(TrainingDevices.CPU)
        ? Device.cpu()
        : Device.gpu(Integer.parseInt(name.substring(name.indexOf(':') + 1)));
  }
}
