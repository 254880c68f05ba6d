package lapidary.runtime;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtUtil;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import ai.onnxruntime.ValueInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Ort;

/** Translates between {@link Tensor} and ONNX Runtime's tensors, one copy either way. Stateless. */
final class TensorCodec {
  // By the file's own type: the Java type of ONNX Runtime does not tell uint32 from int32.
  private static final Map<OnnxTensorType, ElementType> TYPES = Map.ofEntries(
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, ElementType.FLOAT32),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16, ElementType.FLOAT16),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16, ElementType.BFLOAT16),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE, ElementType.FLOAT64),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8, ElementType.INT8),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16, ElementType.INT16),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32, ElementType.INT32),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64, ElementType.INT64),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8, ElementType.UINT8),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16, ElementType.UINT16),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32, ElementType.UINT32),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64, ElementType.UINT64),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL, ElementType.BOOL),
      Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING, ElementType.STRING));

  /** What a reference to a text takes, the text itself left out. */
  private static final int REFERENCE = 8;

  private TensorCodec() {}

  /** An input or output; of a type outside {@link ElementType}, of a sequence or a map no more than what it is. */
  static TensorInfo describe(NodeInfo node) {
    if (!(node.getInfo() instanceof ai.onnxruntime.TensorInfo info)) {
      return TensorInfo.unreadable(node.getName(), kind(node.getInfo()), List.of());
    }
    List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
    ElementType type = TYPES.get(info.onnxType);
    return type == null
        ? TensorInfo.unreadable(node.getName(), kind(info), shape)
        : new TensorInfo(node.getName(), type, shape);
  }

  /** Bytes that {@code tensor} takes as an input of {@code type}. */
  static int bytes(Tensor tensor, ElementType type) {
    return Math.multiplyExact(tensor.size(), width(type));
  }

  /** Wraps {@code memory}, in which values of {@code type} stand from its position to its limit; nothing is copied. */
  static OnnxTensor wrap(ByteBuffer memory, ElementType type, long[] shape) throws OrtException {
    return Ort.tensor(memory, javaType(type), shape);
  }

  /** Writes {@code tensor} into {@code memory} as {@code type}; float32 values become 16 bits where that is wanted. */
  static void write(Tensor tensor, ElementType type, ByteBuffer memory) {
    switch (type) {
      case FLOAT32 -> memory.asFloatBuffer().put(tensor.as(float[].class));
      case FLOAT16 -> writeHalves(tensor.as(float[].class), memory);
      case BFLOAT16 -> writeBrainFloats(tensor.as(float[].class), memory);
      case FLOAT64 -> memory.asDoubleBuffer().put(tensor.as(double[].class));
      case INT8, UINT8 -> memory.put(tensor.as(byte[].class));
      case INT16, UINT16 -> memory.asShortBuffer().put(tensor.as(short[].class));
      case INT32, UINT32 -> memory.asIntBuffer().put(tensor.as(int[].class));
      case INT64, UINT64 -> memory.asLongBuffer().put(tensor.as(long[].class));
      case BOOL -> writeBools(tensor.as(boolean[].class), memory);
      case STRING, OTHER ->
        throw new IllegalStateException("texts do not go through a buffer, nor what is not read");
    }
    memory.rewind();
  }

  /** The type of the tensor that an input of {@code type} takes. */
  static ElementType held(ElementType type) {
    return type == ElementType.FLOAT16 || type == ElementType.BFLOAT16 ? ElementType.FLOAT32 : type;
  }

  /** The first {@code count} values of {@code type} in {@code memory}, in the array that holds them. */
  static Object read(ElementType type, ByteBuffer memory, int count) {
    Object values = Tensor.zerosIn(type, count);
    switch (type) {
      case FLOAT32 -> memory.asFloatBuffer().get((float[]) values);
      case FLOAT16 -> readHalves(memory, (float[]) values);
      case BFLOAT16 -> readBrainFloats(memory, (float[]) values);
      case FLOAT64 -> memory.asDoubleBuffer().get((double[]) values);
      case INT8, UINT8 -> memory.get((byte[]) values);
      case INT16, UINT16 -> memory.asShortBuffer().get((short[]) values);
      case INT32, UINT32 -> memory.asIntBuffer().get((int[]) values);
      case INT64, UINT64 -> memory.asLongBuffer().get((long[]) values);
      case BOOL -> readBools(memory, (boolean[]) values);
      case STRING, OTHER ->
        throw new IllegalStateException("texts do not go through a buffer, nor what is not read");
    }
    return values;
  }

  /** Copies an output out of native memory, once. */
  static Tensor decode(OnnxValue value) throws OrtException {
    if (!(value instanceof OnnxTensor tensor)) {
      throw notRead(kind(value.getInfo()));
    }
    ai.onnxruntime.TensorInfo info = tensor.getInfo();
    ElementType type = TYPES.get(info.onnxType);
    if (type == null) {
      throw notRead(kind(info));
    }
    Object values = info.getNumElements() == 0 ? Tensor.zerosIn(type, 0) : read(tensor, type);
    return Tensor.owning(type, values, info.getShape());
  }

  private static InvalidInputException notRead(String kind) {
    return new InvalidInputException("an output came as " + kind
        + ", which cannot be read; put a Cast after it, or ask for the others");
  }

  /** In the words of {@link DescriptionReader}. */
  private static String kind(ValueInfo info) {
    if (info instanceof ai.onnxruntime.TensorInfo tensor) {
      return tensor.onnxType == OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED
          ? "a tensor of a type unknown to ONNX Runtime's Java binding"
          : tensor.onnxType.name().replaceFirst(".*_TYPE_", "").toLowerCase(Locale.ROOT);
    }
    if (info instanceof SequenceInfo) {
      return "a sequence";
    }
    return info instanceof MapInfo ? "a map" : info.toString();
  }

  private static OnnxJavaType javaType(ElementType type) {
    return switch (type) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case FLOAT64 -> OnnxJavaType.DOUBLE;
      default -> OnnxJavaType.valueOf(type.name());
    };
  }

  private static void writeHalves(float[] values, ByteBuffer memory) {
    for (float value : values) {
      memory.putShort(Fp16Conversions.floatToFp16(value));
    }
  }

  private static void writeBrainFloats(float[] values, ByteBuffer memory) {
    for (float value : values) {
      memory.putShort(Fp16Conversions.floatToBf16(value));
    }
  }

  private static void writeBools(boolean[] values, ByteBuffer memory) {
    for (boolean value : values) {
      memory.put((byte) (value ? 1 : 0));
    }
  }

  private static void readHalves(ByteBuffer memory, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Fp16Conversions.fp16ToFloat(memory.getShort());
    }
  }

  private static void readBrainFloats(ByteBuffer memory, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Fp16Conversions.bf16ToFloat(memory.getShort());
    }
  }

  private static void readBools(ByteBuffer memory, boolean[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = memory.get() != 0;
    }
  }

  private static Object read(OnnxTensor tensor, ElementType type) throws OrtException {
    return switch (type) {
      case FLOAT32 -> tensor.getFloatBuffer().array();
      case FLOAT16, BFLOAT16 -> floats(tensor.getFloatBuffer());
      case FLOAT64 -> tensor.getDoubleBuffer().array();
      case INT8, UINT8 -> tensor.getByteBuffer().array();
      case INT16, UINT16 -> tensor.getShortBuffer().array();
      case INT32, UINT32 -> tensor.getIntBuffer().array();
      case INT64, UINT64 -> tensor.getLongBuffer().array();
      case BOOL -> bools(tensor.getByteBuffer());
      case STRING -> strings(tensor.getValue());
      case OTHER -> throw new IllegalStateException("what is not read was refused before");
    };
  }

  private static float[] floats(FloatBuffer values) {
    float[] result = new float[values.remaining()];
    values.get(result);
    return result;
  }

  private static boolean[] bools(ByteBuffer bytes) {
    boolean[] result = new boolean[bytes.remaining()];
    for (int i = 0; i < result.length; i++) {
      result[i] = bytes.get(i) != 0;
    }
    return result;
  }

  private static String[] strings(Object value) {
    return value instanceof String text ? new String[] {text} : OrtUtil.flattenString(value);
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
}
