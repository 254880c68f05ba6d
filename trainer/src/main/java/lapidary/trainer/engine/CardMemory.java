package lapidary.trainer.engine;

import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/**
 * What the driver says of a card's memory at one moment, that of all programs together.
 *
 * @param used bytes
 * @param total bytes
 */
record CardMemory(long used, long total) {
  /** Asks for the card of a number; empty where the driver does not say. */
  static Optional<CardMemory> of(DriverCalls driver, int number) {
    IntByReference device = new IntByReference();
    PointerByReference context = new PointerByReference();
    if (driver.call("cuDeviceGet", device, number) != 0
        || driver.call("cuDevicePrimaryCtxRetain", context, device.getValue()) != 0) {
      return Optional.empty();
    }
    try {
      return within(driver, context);
    } finally {
      driver.call("cuDevicePrimaryCtxRelease_v2", device.getValue());
    }
  }

  /** The driver answers for the card whose context the thread is in: PyTorch's own, which is left as it was. */
  private static Optional<CardMemory> within(DriverCalls driver, PointerByReference context) {
    if (driver.call("cuCtxPushCurrent_v2", context.getValue()) != 0) {
      return Optional.empty();
    }
    LongByReference free = new LongByReference();
    LongByReference total = new LongByReference();
    int error = driver.call("cuMemGetInfo_v2", free, total);
    driver.call("cuCtxPopCurrent_v2", new PointerByReference());
    return error == 0
        ? Optional.of(new CardMemory(total.getValue() - free.getValue(), total.getValue()))
        : Optional.empty();
  }
}
