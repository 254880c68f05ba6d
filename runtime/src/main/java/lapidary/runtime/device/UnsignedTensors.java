package lapidary.runtime.device;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.wire.WireWriter;

/**
 * Makes tensors of 16, 32 and 64-bit unsigned integers, for which the Java binding has no call: a graph of one Cast, run by ONNX
 * Runtime, turns the signed integers of the same bits into them. Thread-safe.
 */
public final class UnsignedTensors {
  private static final String SIGNED = "signed";
  private static final String UNSIGNED = "unsigned";

  // TensorProto.DataType.
  private static final int UINT16 = 4;
  private static final int INT16 = 5;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int UINT32 = 12;
  private static final int UINT64 = 13;

  private UnsignedTensors() {}

  /** The graphs, in memory for as long as the process lives, as ONNX Runtime's environment is. */
  private static final class Shorts {
    static final OrtSession CAST = Ort.session(graph(INT16, UINT16));
  }

  private static final class Ints {
    static final OrtSession CAST = Ort.session(graph(INT32, UINT32));
  }

  private static final class Longs {
    static final OrtSession CAST = Ort.session(graph(INT64, UINT64));
  }

  /** Whether elements of a type have to go this way. */
  public static boolean makes(ElementType type) {
    return type == ElementType.UINT16 || type == ElementType.UINT32 || type == ElementType.UINT64;
  }

  /** The same bits as unsigned integers, of the width of {@code signed}. The result is the caller's to close. */
  public static OnnxTensor of(OnnxTensor signed, ElementType type) throws OrtException {
    return (OnnxTensor) cast(type).run(Map.of(SIGNED, signed)).get(0);
  }

  /** The signed type of the same width. */
  public static ElementType signed(ElementType type) {
    return switch (type) {
      case UINT16 -> ElementType.INT16;
      case UINT32 -> ElementType.INT32;
      default -> ElementType.INT64;
    };
  }

  private static OrtSession cast(ElementType type) {
    return switch (type) {
      case UINT16 -> Shorts.CAST;
      case UINT32 -> Ints.CAST;
      default -> Longs.CAST;
    };
  }

  private static byte[] graph(int from, int to) {
    WireWriter attribute = new WireWriter().text(1, "to").number(3, to).number(20, 2);
    WireWriter node =
        new WireWriter().text(1, SIGNED).text(2, UNSIGNED).text(4, "Cast").message(5, attribute);
    WireWriter graph = new WireWriter()
        .message(1, node)
        .text(2, "cast")
        .message(11, Ort.port(SIGNED, from))
        .message(12, Ort.port(UNSIGNED, to));
    return Ort.file(graph);
  }
}
