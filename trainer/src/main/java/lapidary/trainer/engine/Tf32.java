package lapidary.trainer.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import lapidary.models.EnvironmentException;

/**
 * Whether a GPU rounds numbers of 32 bits to 10 bits of mantissa as it multiplies them: much faster on cards since 8.0, and about
 * 1e-3 from exact products. It means nothing on a CPU.
 */
public enum Tf32 {
  /** As PyTorch has it: convolutions in TF32, matrix products not. */
  USUAL(false, true),
  /** Both in TF32. */
  ON(true, true),
  /** Neither, for numbers that are a CPU's but for the order of sums. */
  OFF(false, false);

  // PyTorch's at::Context, for which DJL has no call, by the names of its functions in C++.
  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final String ALLOW_PRODUCTS = "_ZN2at7Context18setAllowTF32CuBLASEb";
  private static final String ALLOW_CONVOLUTIONS = "_ZN2at7Context17setAllowTF32CuDNNEb";
  private static final String PRODUCTS = "_ZNK2at7Context15allowTF32CuBLASEv";
  private static final String CONVOLUTIONS = "_ZNK2at7Context14allowTF32CuDNNEv";
  private static final int BYTE = 0xFF;

  private final boolean products;
  private final boolean convolutions;

  Tf32(boolean products, boolean convolutions) {
    this.products = products;
    this.convolutions = convolutions;
  }

  /** Such as {@code convolutions}: what is multiplied in TF32. */
  public String text() {
    return switch (this) {
      case USUAL -> "convolutions, not matrix products";
      case ON -> "convolutions and matrix products";
      case OFF -> "off";
    };
  }

  /** Sets the process's engine, which must have been loaded. */
  void apply() {
    try {
      set(ALLOW_PRODUCTS, products);
      set(ALLOW_CONVOLUTIONS, convolutions);
    } catch (LinkageError e) {
      requireUsual(e);
    }
  }

  /** A PyTorch of other names is as it is. */
  private void requireUsual(LinkageError e) {
    if (this != USUAL) {
      throw new EnvironmentException(
          "this build of PyTorch does not let TF32 be chosen; set NVIDIA_TF32_OVERRIDE=0 in the"
              + " environment to do without it, and omit --tf32 and --no-tf32",
          e);
    }
  }

  /** Whether the engine is set like this. */
  boolean isSet() {
    return get(PRODUCTS) == products && get(CONVOLUTIONS) == convolutions;
  }

  private static void set(String function, boolean value) {
    // Not a boolean: JNA's true has all bits set, C++'s the last one.
    library().getFunction(function).invokeVoid(new Object[] {context(), value ? 1 : 0});
  }

  private static boolean get(String function) {
    // The rest of the register is anything.
    return (library().getFunction(function).invokeInt(new Object[] {context()}) & BYTE) != 0;
  }

  private static Pointer context() {
    return library().getFunction(CONTEXT).invokePointer(new Object[0]);
  }

  private static NativeLibrary library() {
    return NativeLibrary.getInstance(
        Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu")).toString());
  }
}
