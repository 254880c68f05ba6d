package lapidary.runtime.device;

/**
 * Whether ONNX Runtime can use a device here.
 *
 * @param device such as {@code cuda}
 * @param available whether a model can be opened on it
 * @param reason what makes it available, or exactly what is missing
 */
public record DeviceStatus(String device, boolean available, String reason) {}
