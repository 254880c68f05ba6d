package lapidary.runtime.device;

/**
 * Which device a model got.
 *
 * @param requested the device asked for, such as {@code auto}
 * @param used the device it runs on, such as {@code cpu:2}
 * @param reason why that one, a sentence without a full stop
 */
public record DeviceReport(String requested, String used, String reason) {}
