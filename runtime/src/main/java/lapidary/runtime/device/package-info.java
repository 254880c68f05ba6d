/**
 * Where models run, and the native library that runs them: devices, whether they can be used here and what is missing, ONNX
 * Runtime's environment, its stack, its memory, and the tensors that take more than one call. {@code Device}, {@code Devices} and what these tell are open to every program; the rest is
 * public for {@code lapidary.runtime} and {@code lapidary.runtime.serving} alone, and not API.
 * Begin reading at {@link lapidary.runtime.device.Device}; {@link lapidary.runtime.device.Devices} looks for them.
 */
@NullMarked
package lapidary.runtime.device;

import org.jspecify.annotations.NullMarked;
