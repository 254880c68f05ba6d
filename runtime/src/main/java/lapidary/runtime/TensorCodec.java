package lapidary.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtUtil;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import ai.onnxruntime.ValueInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Ort;

/** Translates between {@link Tensor} and ONNX Runtime's tensors, one copy either way. Stateless. */
final class TensorCodec {
  // By the file's own type: the Java type of ONNX Runtime does not tell uint32 from int32.
  private static final Map<OnnxTensorType, ElementType> TYPES = Map.of(
      OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, ElementType.FLOAT32,
      OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16, ElementType.FLOAT16,
      OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8, ElementType.UINT8,
      OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32, ElementType.INT32,
      OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64, ElementType.INT64,
      OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL, ElementType.BOOL,
      OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING, ElementType.STRING);

  private TensorCodec() {}

  /** @throws InvalidInputException for sequences, maps and element types outside {@link ElementType} */
  static TensorInfo describe(NodeInfo node, String source) {
    if (node.getInfo() instanceof ai.onnxruntime.TensorInfo info
        && TYPES.containsKey(info.onnxType)) {
      return new TensorInfo(
          node.getName(), type(info), Arrays.stream(info.getShape()).boxed().toList());
    }
    throw notTaken(source, node.getName(), kind(node.getInfo()));
  }

  /**
   * The sentence for an input or output that Lapidary does not take.
   *
   * @param kind what it is, such as {@code a tensor of double}
   */
  static InvalidInputException notTaken(String source, String name, String kind) {
    return new InvalidInputException(source + ": \"" + name + "\" is " + kind
        + "; Lapidary takes tensors of " + Arrays.toString(ElementType.values())
        + ", so put a Cast before or after it");
  }

  /** Bytes that {@code tensor} takes as an input of {@code type}. */
  static int bytes(Tensor tensor, ElementType type) {
    return Math.multiplyExact(tensor.size(), javaType(type).size);
  }

  /** Writes {@code tensor} into {@code memory} as {@code type} and wraps it; float32 values become float16 where that is wanted. */
  static OnnxTensor encode(Tensor tensor, ElementType type, ByteBuffer memory) throws OrtException {
    if (type == ElementType.STRING) {
      return TextTensors.of(tensor.as(String[].class), tensor.shape());
    }
    write(tensor, type, memory);
    return Ort.tensor(memory.rewind(), javaType(type), tensor.shape());
  }

  /** Copies an output out of native memory, once. */
  static Tensor decode(OnnxValue value) throws OrtException {
    OnnxTensor tensor = (OnnxTensor) value;
    ElementType type = type(tensor.getInfo());
    Object values = tensor.getInfo().getNumElements() == 0 ? none(type) : read(tensor, type);
    return Tensor.owning(type, values, tensor.getInfo().getShape());
  }

  /** Such as {@code a tensor of double}, or {@code SequenceInfo(...)}. */
  private static String kind(ValueInfo info) {
    return info instanceof ai.onnxruntime.TensorInfo tensor
        ? "a tensor of "
            + tensor.onnxType.name().replaceFirst(".*_TYPE_", "").toLowerCase(Locale.ROOT)
        : info.toString();
  }

  private static ElementType type(ai.onnxruntime.TensorInfo info) {
    ElementType type = TYPES.get(info.onnxType);
    if (type == null) {
      throw new IllegalStateException("output type " + info.onnxType + " was refused on opening");
    }
    return type;
  }

  private static OnnxJavaType javaType(ElementType type) {
    return type == ElementType.FLOAT32 ? OnnxJavaType.FLOAT : OnnxJavaType.valueOf(type.name());
  }

  private static void write(Tensor tensor, ElementType type, ByteBuffer memory) {
    switch (type) {
      case FLOAT32 -> memory.asFloatBuffer().put(tensor.as(float[].class));
      case FLOAT16 -> writeHalves(tensor.as(float[].class), memory);
      case UINT8 -> memory.put(tensor.as(byte[].class));
      case INT32 -> memory.asIntBuffer().put(tensor.as(int[].class));
      case INT64 -> memory.asLongBuffer().put(tensor.as(long[].class));
      case BOOL -> writeBools(tensor.as(boolean[].class), memory);
      case STRING -> throw new IllegalStateException("texts do not go through a buffer");
    }
  }

  private static void writeHalves(float[] values, ByteBuffer memory) {
    for (float value : values) {
      memory.putShort(Fp16Conversions.floatToFp16(value));
    }
  }

  private static void writeBools(boolean[] values, ByteBuffer memory) {
    for (boolean value : values) {
      memory.put((byte) (value ? 1 : 0));
    }
  }

  private static Object read(OnnxTensor tensor, ElementType type) throws OrtException {
    return switch (type) {
      case FLOAT32 -> tensor.getFloatBuffer().array();
      case FLOAT16 -> halves(tensor.getFloatBuffer());
      case UINT8 -> tensor.getByteBuffer().array();
      case INT32 -> tensor.getIntBuffer().array();
      case INT64 -> tensor.getLongBuffer().array();
      case BOOL -> bools(tensor.getByteBuffer().array());
      case STRING -> strings(tensor.getValue());
    };
  }

  private static float[] halves(FloatBuffer values) {
    float[] result = new float[values.remaining()];
    values.get(result);
    return result;
  }

  private static boolean[] bools(byte[] bytes) {
    boolean[] result = new boolean[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[i] != 0;
    }
    return result;
  }

  private static String[] strings(Object value) {
    return value instanceof String text ? new String[] {text} : OrtUtil.flattenString(value);
  }

  private static Object none(ElementType type) {
    return switch (type) {
      case FLOAT32, FLOAT16 -> new float[0];
      case UINT8 -> new byte[0];
      case INT32 -> new int[0];
      case INT64 -> new long[0];
      case BOOL -> new boolean[0];
      case STRING -> new String[0];
    };
  }
}
