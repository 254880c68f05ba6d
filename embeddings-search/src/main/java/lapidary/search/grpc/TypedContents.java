package lapidary.search.grpc;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;
import lapidary.search.grpc.protocol.InferTensorContents;
import lapidary.search.grpc.protocol.ModelInferRequest.InferInputTensor;
import lapidary.search.inference.Datatype;
import lapidary.search.inference.InputTensor;
import lapidary.search.inference.OutputTensor;

/** Tensors in the field that holds values of their datatype. Stateless. */
final class TypedContents {
  private TypedContents() {}

  /**
   * Reads an input.
   *
   * @throws InvalidInputException unless its field has as many values as the shape wants, each within the datatype
   */
  static InputTensor read(InferInputTensor input, Datatype datatype, long[] shape) {
    InferTensorContents contents = input.getContents();
    String name = input.getName();
    int count = count(contents, datatype, name);
    InputTensor.requireCount(name, count, shape);
    Tensor values = switch (datatype) {
      case BOOL -> Tensor.bools(bools(contents, count), shape);
      case UINT8 -> Tensor.uint8(bytes(name, count, unsigned(contents), 0, 0xff), shape);
      case INT8 ->
        Tensor.int8(
            bytes(name, count, contents::getIntContents, Byte.MIN_VALUE, Byte.MAX_VALUE), shape);
      case UINT16 -> Tensor.uint16(shorts(name, count, unsigned(contents), 0, 0xffff), shape);
      case INT16 ->
        Tensor.int16(
            shorts(name, count, contents::getIntContents, Short.MIN_VALUE, Short.MAX_VALUE), shape);
      case UINT32 -> Tensor.uint32(ints(count, unsigned(contents)), shape);
      case INT32 -> Tensor.int32(ints(count, contents::getIntContents), shape);
      case UINT64 -> Tensor.uint64(longs(count, contents::getUint64Contents), shape);
      case INT64 -> Tensor.longs(longs(count, contents::getInt64Contents), shape);
      case FP32 -> Tensor.floats(floats(contents, count), shape);
      case FP64 -> Tensor.doubles(doubles(contents, count), shape);
      case BYTES -> Tensor.strings(texts(name, contents, count), shape);
      case FP16, BF16 -> throw rawOnly(name, datatype);
    };
    return new InputTensor(name, datatype, values);
  }

  /** An output of another datatype than FP16 and BF16. */
  static InferTensorContents write(OutputTensor output) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    Tensor values = output.values();
    switch (output.datatype()) {
      case BOOL -> addBools(values.bools(), contents);
      case UINT8 -> addUnsigned(values.bytes(), contents);
      case INT8 -> addSigned(values.bytes(), contents);
      case UINT16 -> addUnsigned(values.shorts(), contents);
      case INT16 -> addSigned(values.shorts(), contents);
      case UINT32 -> addUnsigned(values.ints(), contents);
      case INT32 -> addSigned(values.ints(), contents);
      case UINT64 -> addUnsigned(values.longs(), contents);
      case INT64 -> addSigned(values.longs(), contents);
      case FP32 -> addFloats(values.floats(), contents);
      case FP64 -> addDoubles(values.doubles(), contents);
      case BYTES -> addTexts(values.strings(), contents);
      case FP16, BF16 -> throw new IllegalArgumentException("16-bit floats go raw");
    }
    return contents.build();
  }

  private static int count(InferTensorContents contents, Datatype datatype, String name) {
    return switch (datatype) {
      case BOOL -> contents.getBoolContentsCount();
      case UINT8, UINT16, UINT32 -> contents.getUintContentsCount();
      case INT8, INT16, INT32 -> contents.getIntContentsCount();
      case UINT64 -> contents.getUint64ContentsCount();
      case INT64 -> contents.getInt64ContentsCount();
      case FP32 -> contents.getFp32ContentsCount();
      case FP64 -> contents.getFp64ContentsCount();
      case BYTES -> contents.getBytesContentsCount();
      case FP16, BF16 -> throw rawOnly(name, datatype);
    };
  }

  private static InvalidInputException rawOnly(String name, Datatype datatype) {
    return new InvalidInputException("input \"" + name + "\" is " + datatype
        + ", which has no typed contents; send its values in raw_input_contents");
  }

  private static IntToLongFunction unsigned(InferTensorContents contents) {
    return i -> Integer.toUnsignedLong(contents.getUintContents(i));
  }

  private static byte[] bytes(
      String name, int count, IntToLongFunction values, long least, long most) {
    byte[] result = new byte[count];
    for (int i = 0; i < count; i++) {
      result[i] = (byte) within(name, i, values.applyAsLong(i), least, most);
    }
    return result;
  }

  private static short[] shorts(
      String name, int count, IntToLongFunction values, long least, long most) {
    short[] result = new short[count];
    for (int i = 0; i < count; i++) {
      result[i] = (short) within(name, i, values.applyAsLong(i), least, most);
    }
    return result;
  }

  private static long within(String name, int index, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InvalidInputException("input \"" + name + "\": value " + index + " is " + value
          + ", outside its datatype; give " + least + " to " + most);
    }
    return value;
  }

  private static int[] ints(int count, IntToLongFunction values) {
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      result[i] = (int) values.applyAsLong(i);
    }
    return result;
  }

  private static long[] longs(int count, IntToLongFunction values) {
    long[] result = new long[count];
    for (int i = 0; i < count; i++) {
      result[i] = values.applyAsLong(i);
    }
    return result;
  }

  private static float[] floats(InferTensorContents contents, int count) {
    float[] result = new float[count];
    for (int i = 0; i < count; i++) {
      result[i] = contents.getFp32Contents(i);
    }
    return result;
  }

  private static double[] doubles(InferTensorContents contents, int count) {
    double[] result = new double[count];
    for (int i = 0; i < count; i++) {
      result[i] = contents.getFp64Contents(i);
    }
    return result;
  }

  private static boolean[] bools(InferTensorContents contents, int count) {
    boolean[] result = new boolean[count];
    for (int i = 0; i < count; i++) {
      result[i] = contents.getBoolContents(i);
    }
    return result;
  }

  private static String[] texts(String name, InferTensorContents contents, int count) {
    String[] result = new String[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer bytes = contents.getBytesContents(i).asReadOnlyByteBuffer();
      result[i] = InputTensor.text(name, bytes, i);
    }
    return result;
  }

  private static void addBools(boolean[] values, InferTensorContents.Builder contents) {
    for (boolean value : values) {
      contents.addBoolContents(value);
    }
  }

  private static void addSigned(byte[] values, InferTensorContents.Builder contents) {
    for (byte value : values) {
      contents.addIntContents(value);
    }
  }

  private static void addUnsigned(byte[] values, InferTensorContents.Builder contents) {
    for (byte value : values) {
      contents.addUintContents(Byte.toUnsignedInt(value));
    }
  }

  private static void addSigned(short[] values, InferTensorContents.Builder contents) {
    for (short value : values) {
      contents.addIntContents(value);
    }
  }

  private static void addUnsigned(short[] values, InferTensorContents.Builder contents) {
    for (short value : values) {
      contents.addUintContents(Short.toUnsignedInt(value));
    }
  }

  private static void addSigned(int[] values, InferTensorContents.Builder contents) {
    for (int value : values) {
      contents.addIntContents(value);
    }
  }

  private static void addUnsigned(int[] values, InferTensorContents.Builder contents) {
    for (int value : values) {
      contents.addUintContents(value);
    }
  }

  private static void addSigned(long[] values, InferTensorContents.Builder contents) {
    for (long value : values) {
      contents.addInt64Contents(value);
    }
  }

  private static void addUnsigned(long[] values, InferTensorContents.Builder contents) {
    for (long value : values) {
      contents.addUint64Contents(value);
    }
  }

  private static void addFloats(float[] values, InferTensorContents.Builder contents) {
    for (float value : values) {
      contents.addFp32Contents(value);
    }
  }

  private static void addDoubles(double[] values, InferTensorContents.Builder contents) {
    for (double value : values) {
      contents.addFp64Contents(value);
    }
  }

  private static void addTexts(String[] values, InferTensorContents.Builder contents) {
    for (String value : values) {
      contents.addBytesContents(ByteString.copyFromUtf8(value));
    }
  }
}
