package lapidary.trainer.engine;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;

/**
 * The device a run got, or the devices that share its batches.
 *
 * @param name {@code cpu} or {@code cuda:N}; several with commas between, the first holding the weights
 * @param reason why, in one clause
 * @param cards what is known of the GPUs among them, once they were trained on
 */
public record DeviceChoice(String name, String reason, List<CardUse> cards) {
  /** Copies the list. */
  public DeviceChoice {
    cards = List.copyOf(cards);
  }

  /** A choice before anything is trained. */
  DeviceChoice(String name, String reason) {
    this(name, reason, List.of());
  }

  /** The same, once it was trained on. */
  public DeviceChoice after(CardWatch watch) {
    return new DeviceChoice(name, reason, watch.seen());
  }

  /** Where the weights are. */
  public Device device() {
    return devices().get(0);
  }

  /** The devices beside it that take their share of each batch. */
  public List<Device> replicas() {
    List<Device> devices = devices();
    return devices.subList(1, devices.size());
  }

  /** All of them. */
  List<Device> devices() {
    return Arrays.stream(name.split(",", -1)).map(DeviceChoice::named).toList();
  }

  private static Device named(String device) {
    return device.equals(TrainingDevices.CPU)
        ? Device.cpu()
        : Device.gpu(Integer.parseInt(device.substring(device.indexOf(':') + 1)));
  }
}
