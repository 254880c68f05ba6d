package lapidary.trainer.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import java.util.Optional;
import lapidary.models.EnvironmentException;

/** The one place that touches DJL's engine, a process singleton. Gradient collection is for one thread at a time. */
public final class Engines {
  private Engines() {}

  /** A manager of arrays on a device; the caller closes it. */
  public static NDManager manager(Device device) {
    if (device.isGpu()) {
      TorchBuild.preferCuda();
    }
    return engine().newBaseManager(device);
  }

  /** Collects gradients until it is closed. */
  public static GradientCollector gradients() {
    return engine().newGradientCollector();
  }

  /** Seeds the engine's own generator: dropout and DJL's initialisers. */
  public static void seed(long seed) {
    engine().setRandomSeed((int) (seed ^ seed >>> 32));
  }

  /** The engine's threads within one operation. The setting is the process's. */
  public static int threads() {
    engine();
    return JniUtils.getNumThreads();
  }

  /** Sets what {@link #threads} gives. */
  public static void setThreads(int threads) {
    engine();
    JniUtils.setNumThreads(threads);
  }

  /**
   * Sets in which numbers GPUs multiply. The setting is the process's.
   *
   * @throws EnvironmentException if this build of PyTorch does not let it be chosen
   */
  public static void multiply(Tf32 how) {
    engine();
    how.apply();
  }

  /** Gives back to a GPU what the engine keeps of its memory and does not use. */
  public static void giveBack(Device device) {
    if (device.isGpu()) {
      JniUtils.emptyCudaCache();
    }
  }

  /** CUDA devices that the engine can use. */
  public static int cudaDevices() {
    return engine().hasCapability(StandardCapabilities.CUDA) ? engine().getGpuCount() : 0;
  }

  /** What the engine says where a device cannot compute; empty if it can. */
  static Optional<String> refusal(Device device) {
    try (NDManager manager = manager(device)) {
      NDArray one = manager.ones(new Shape(1));
      float two = ShutdownFence.step(() -> one.add(one).getFloat());
      return two == 2 ? Optional.empty() : Optional.of("1 + 1 is " + two);
    } catch (EngineException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The engine's name and version. */
  public static String version() {
    return engine().getEngineName() + " " + engine().getVersion();
  }

  /** DJL's version. */
  public static String djlVersion() {
    return Engine.getDjlVersion();
  }

  /** PyTorch's version. */
  public static String pytorchVersion() {
    return engine().getVersion();
  }

  /**
   * Whether {@link #memory} gives the array's own numbers: an array on a CPU whose numbers lie one after the other. Of any other
   * the engine makes a copy, in which a change would be lost.
   */
  public static boolean isInMemory(NDArray array) {
    if (array.getDevice().isGpu() || array.isSparse() || array.isEmpty()) {
      return false;
    }
    FloatBuffer memory = memory(array);
    float first = memory.get(0);
    float changed = first == 0 ? 1 : 0;
    memory.put(0, changed);
    boolean shared = memory(array).get(0) == changed;
    memory.put(0, first);
    return shared;
  }

  /** The numbers of a float32 array on a CPU, without a copy; valid until the array is closed. */
  public static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).asFloatBuffer();
  }

  /** @throws EnvironmentException if the native library cannot be unpacked or loaded */
  private static Engine engine() {
    try {
      TorchBuild.prepare();
      Engine engine = Engine.getEngine("PyTorch");
      NativeWarnings.silence();
      return engine;
    } catch (EngineException | LinkageError e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String said = String.valueOf(root.getMessage());
      throw new EnvironmentException(
          "PyTorch's native library cannot be loaded here: "
              + TorchBuild.unloadable(said)
                  .orElse(said
                      + "; it is unpacked once, into .djl.ai in the home folder: make room there, or"
                      + " name another folder by DJL_CACHE_DIR"),
          e);
    }
  }
}
