package lapidary.runtime.device;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.FutureTask;
import lapidary.models.EnvironmentException;
import lapidary.models.wire.WireWriter;

/**
 * The only class that touches ONNX Runtime's process-wide environment. The native library is loaded on first use. Thread-safe.
 */
public final class Ort {
  private Ort() {}

  // Errors only: a provider's library that cannot be loaded is explained on stderr and nowhere
  // else. Sessions, whose errors are thrown as well, are silenced in OpenSession.
  private static final FutureTask<OrtEnvironment> ENVIRONMENT = new FutureTask<>(
      () -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "lapidary"));

  /**
   * Begins to load the native library unless that was done, and returns at once: unpacking it takes a tenth of a second, which
   * another processor has while this one reads the model's file. Whether it can be loaded is told to whoever needs it.
   */
  public static void begin() {
    if (!ENVIRONMENT.isDone()) {
      // Of threads that come too late the task makes nothing.
      LargeStack.start(ENVIRONMENT);
    }
  }

  /** The providers this build of ONNX Runtime was compiled with, whether this machine can use them or not. */
  static Set<OrtProvider> compiledProviders() {
    environment();
    return OrtEnvironment.getAvailableProviders();
  }

  /** ONNX Runtime's version, such as {@code 1.29.0}. */
  static String version() {
    return environment().getVersion();
  }

  /** A session of a file, opened on a large stack; the caller closes it. */
  public static OrtSession session(Path file, OrtSession.SessionOptions options)
      throws OrtException {
    return LargeStack.run(() -> environment().createSession(file.toString(), options));
  }

  /** Options of a session, of which ONNX Runtime makes native memory: the library is loaded before. */
  public static OrtSession.SessionOptions options() {
    environment();
    return new OrtSession.SessionOptions();
  }

  /** A session of a small graph that this room made itself, on one thread. */
  public static OrtSession session(byte[] graph) {
    try (OrtSession.SessionOptions options = options()) {
      options.setIntraOpNumThreads(1);
      return LargeStack.run(() -> environment().createSession(graph, options));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses a graph made here", e);
    }
  }

  /** The file of a graph (a GraphProto, by the field numbers of onnx.proto): IR version 8, opset 17. */
  public static byte[] file(WireWriter graph) {
    WireWriter opset = new WireWriter().number(2, 17);
    return new WireWriter().number(1, 8).message(7, graph).message(8, opset).bytes();
  }

  /** A tensor that goes into or out of such a graph, of any shape, with elements of a TensorProto.DataType. */
  public static WireWriter port(String name, int type) {
    WireWriter tensor = new WireWriter().number(1, type);
    return new WireWriter().text(1, name).message(2, new WireWriter().message(1, tensor));
  }

  /** A tensor over integers; nothing is copied if the buffer is direct. */
  public static OnnxTensor tensor(LongBuffer data, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment(), data, shape);
  }

  /** A tensor over direct native-order memory from {@code data}'s position to its limit; nothing is copied. */
  public static OnnxTensor tensor(ByteBuffer data, OnnxJavaType type, long[] shape)
      throws OrtException {
    return OnnxTensor.createTensor(environment(), data, shape, type);
  }

  /** A tensor over direct native-order memory; nothing is copied. */
  public static OnnxTensor tensor(FloatBuffer data, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment(), data, shape);
  }

  /** A tensor of texts. */
  public static OnnxTensor tensor(String[] data, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment(), data, shape);
  }

  private static OrtEnvironment environment() {
    begin();
    try {
      return LargeStack.join(ENVIRONMENT);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime cannot make its environment: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw notLoaded(e);
    }
  }

  private static EnvironmentException notLoaded(LinkageError e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    File folder = new File(System.getProperty("java.io.tmpdir", "."));
    // Where its library cannot be unpacked, ONNX Runtime tells its log why and looks elsewhere.
    String reason = String.valueOf(root.getMessage()).contains("java.library.path")
        ? "it could not be unpacked, with " + (folder.getUsableSpace() >> 20) + " MiB free"
        : root.getMessage();
    return new EnvironmentException(
        "ONNX Runtime's native library cannot be loaded here: " + reason
            + "; it needs 64-bit Linux, Windows or macOS and room in the folder of temporary files, "
            + folder + ": name another by -Djava.io.tmpdir, or by TMPDIR where ./lapidary runs it",
        e);
  }
}
