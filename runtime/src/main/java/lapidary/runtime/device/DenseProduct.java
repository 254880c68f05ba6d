package lapidary.runtime.device;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import lapidary.models.wire.WireWriter;

/**
 * Products of matrices in single precision, by a graph of one Gemm that ONNX Runtime runs on one thread of the processor: callers
 * spread products over threads, and the digits of each do not depend on how. Stateless, thread-safe.
 */
public final class DenseProduct {
  private static final String LEFT = "x";
  private static final String RIGHT = "y";
  private static final PlatformThreads THREADS = new PlatformThreads();

  private DenseProduct() {}

  /** The graph, in memory for as long as the process lives, as ONNX Runtime's environment is. */
  private static final class Holder {
    static final OrtSession GEMM = Ort.session(graph());
  }

  /**
   * Xᵀ·Y of X [rows, p] and Y [rows, q], giving [p, q], each row after row. The buffers are read from their position to their limit
   * and left as they are.
   *
   * @param x direct, in the machine's byte order
   * @param y the same; may be {@code x}
   * @param rows at least 1; divides what is in the buffers
   * @throws IllegalArgumentException if it does not
   * @throws lapidary.models.EnvironmentException if ONNX Runtime cannot be loaded on this machine
   */
  public static float[] transposed(FloatBuffer x, FloatBuffer y, int rows) {
    return THREADS.run(() -> product(x, y, rows));
  }

  private static float[] product(FloatBuffer x, FloatBuffer y, int rows) {
    int p = columns(x, rows);
    int q = columns(y, rows);
    try (OnnxTensor left = Ort.tensor(x, new long[] {rows, p});
        OnnxTensor right = Ort.tensor(y, new long[] {rows, q});
        OrtSession.Result result = Holder.GEMM.run(Map.of(LEFT, left, RIGHT, right))) {
      float[] product = new float[p * q];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(product);
      return product;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses a product of matrices", e);
    }
  }

  private static int columns(FloatBuffer matrix, int rows) {
    if (matrix.remaining() % rows != 0) {
      throw new IllegalArgumentException(matrix.remaining() + " values in " + rows
          + " rows are no matrix; set the buffer's limit");
    }
    return matrix.remaining() / rows;
  }

  private static byte[] graph() {
    int integer = 2;
    WireWriter transA = new WireWriter().text(1, "transA").number(3, 1).number(20, integer);
    WireWriter node = new WireWriter()
        .text(1, LEFT)
        .text(1, RIGHT)
        .text(2, "z")
        .text(4, "Gemm")
        .message(5, transA);
    WireWriter graph = new WireWriter()
        .message(1, node)
        .text(2, "product")
        .message(11, Ort.port(LEFT, 1))
        .message(11, Ort.port(RIGHT, 1))
        .message(12, Ort.port("z", 1));
    return Ort.file(graph);
  }
}
