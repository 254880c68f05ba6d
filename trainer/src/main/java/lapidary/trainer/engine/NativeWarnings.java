package lapidary.trainer.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What PyTorch's native code writes to standard error, past every logger of Java: hundreds of lines that NNPACK does not know the
 * processor, which it can do without. Errors are said; warnings only where {@code TORCH_CPP_LOG_LEVEL} asks for them.
 */
final class NativeWarnings {
  private static final String LEVEL = "FLAGS_caffe2_log_level";
  private static final String READ_ENVIRONMENT = "_ZN3c1011initLoggingEv";
  private static final int ERROR = 2;

  static {
    setLevel(System.getenv("TORCH_CPP_LOG_LEVEL"));
  }

  private NativeWarnings() {}

  /** Sets the level as this class is made, once in a process. The engine must have been loaded. */
  static void silence() {}

  private static void setLevel(@Nullable String asked) {
    try {
      NativeLibrary library = NativeLibrary.getInstance(
          Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("c10")).toString());
      if (asked == null) {
        library.getGlobalVariableAddress(LEVEL).setInt(0, ERROR);
      } else {
        // PyTorch reads the variable in Python alone, unless it is told to.
        library.getFunction(READ_ENVIRONMENT).invokeVoid(new Object[0]);
      }
    } catch (LinkageError e) {
      // Another build of PyTorch, which keeps its warnings.
    }
  }
}
