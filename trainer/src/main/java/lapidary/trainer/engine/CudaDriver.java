package lapidary.trainer.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.cuda.GpuFacts;
import lapidary.models.cuda.NvidiaDriver;

/**
 * Asks NVIDIA's driver for its devices, before an engine is loaded for them.
 *
 * @param cards by their number
 * @param refusal what the driver said instead; empty if it has counted at least one
 */
record CudaDriver(List<GpuFacts.Card> cards, Optional<String> refusal) {
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int LONGEST_NAME = 256;

  CudaDriver {
    cards = List.copyOf(cards);
  }

  /** The functions of the driver of this machine; a call of one that is not there is a {@link LinkageError}. */
  static DriverCalls calls() {
    NativeLibrary library = NativeLibrary.getInstance(NvidiaDriver.library());
    return (function, arguments) -> library.getFunction(function).invokeInt(arguments);
  }

  /** Asks; the driver's library must be found. */
  static CudaDriver ask() {
    try {
      DriverCalls driver = calls();
      IntByReference count = new IntByReference();
      int error = driver.call("cuInit", 0);
      if (error == 0) {
        error = driver.call("cuDeviceGetCount", count);
      }
      if (error != 0 || count.getValue() == 0) {
        return refused("CUDA says " + (error == 0 ? 100 : error));
      }
      List<GpuFacts.Card> cards = new ArrayList<>();
      for (int i = 0; i < count.getValue(); i++) {
        cards.add(card(driver, i));
      }
      return new CudaDriver(cards, Optional.empty());
    } catch (LinkageError e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static CudaDriver refused(String said) {
    return new CudaDriver(List.of(), Optional.of(said));
  }

  private static GpuFacts.Card card(DriverCalls driver, int number) {
    IntByReference device = new IntByReference();
    driver.call("cuDeviceGet", device, number);
    byte[] name = new byte[LONGEST_NAME];
    driver.call("cuDeviceGetName", name, LONGEST_NAME, device.getValue());
    IntByReference major = new IntByReference();
    IntByReference minor = new IntByReference();
    driver.call("cuDeviceGetAttribute", major, MAJOR, device.getValue());
    driver.call("cuDeviceGetAttribute", minor, MINOR, device.getValue());
    LongByReference bytes = new LongByReference();
    driver.call("cuDeviceTotalMem_v2", bytes, device.getValue());
    return new GpuFacts.Card(
        new String(name, StandardCharsets.UTF_8).replaceAll("\0.*", ""),
        10 * major.getValue() + minor.getValue(),
        bytes.getValue() >> 20);
  }
}
