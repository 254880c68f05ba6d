package lapidary.runtime;

import java.util.Arrays;
import lapidary.models.ElementType;

/** The Java arrays that hold values of an element type, and how many bytes a value takes. Stateless. */
final class Values {
  /** What a reference to a text takes, the text itself left out. */
  private static final int REFERENCE = 8;

  private Values() {}

  /** Zeros, or empty texts. */
  static Object zeros(ElementType type, int size) {
    return switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16 -> new float[size];
      case FLOAT64 -> new double[size];
      case INT8, UINT8 -> new byte[size];
      case INT16, UINT16 -> new short[size];
      case INT32, UINT32 -> new int[size];
      case INT64, UINT64 -> new long[size];
      case BOOL -> new boolean[size];
      case STRING -> texts(size);
      case OTHER -> throw new IllegalStateException("there are no values of another type");
    };
  }

  /** Bytes of one value in ONNX Runtime's memory. */
  static int width(ElementType type) {
    return switch (type) {
      case INT8, UINT8, BOOL -> 1;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> Short.BYTES;
      case FLOAT32, INT32, UINT32 -> Integer.BYTES;
      case FLOAT64, INT64, UINT64 -> Long.BYTES;
      case STRING, OTHER -> REFERENCE;
    };
  }

  private static String[] texts(int size) {
    String[] texts = new String[size];
    Arrays.fill(texts, "");
    return texts;
  }
}
