package lapidary.search.http.models;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;
import lapidary.search.inference.Datatype;
import lapidary.search.inference.InputTensor;
import lapidary.search.inference.OutputTensor;

/**
 * Tensors as JSON arrays. Numbers are written with as many digits as bring the same bits back; NaN and infinity by these names, which
 * JSON lacks and Triton's clients know. Stateless.
 */
final class JsonTensor {
  private static final int SMALLEST = 16;

  private JsonTensor() {}

  /**
   * An array that was read, before the shape is held against it.
   *
   * @param values the Java array of the datatype, with room for more
   * @param count of values
   */
  record Values(Object values, int count) {
    /** @throws InvalidInputException unless there are as many as the shape wants */
    InputTensor shaped(String name, Datatype datatype, long[] shape) {
      InputTensor.requireCount(name, count, shape);
      return new InputTensor(name, datatype, tensor(datatype, shape));
    }

    private Tensor tensor(Datatype datatype, long[] shape) {
      return switch (datatype) {
        case BOOL -> Tensor.bools(Arrays.copyOf((boolean[]) values, count), shape);
        case UINT8 -> Tensor.uint8(Arrays.copyOf((byte[]) values, count), shape);
        case INT8 -> Tensor.int8(Arrays.copyOf((byte[]) values, count), shape);
        case UINT16 -> Tensor.uint16(Arrays.copyOf((short[]) values, count), shape);
        case INT16 -> Tensor.int16(Arrays.copyOf((short[]) values, count), shape);
        case UINT32 -> Tensor.uint32(Arrays.copyOf((int[]) values, count), shape);
        case INT32 -> Tensor.int32(Arrays.copyOf((int[]) values, count), shape);
        case UINT64 -> Tensor.uint64(Arrays.copyOf((long[]) values, count), shape);
        case INT64 -> Tensor.longs(Arrays.copyOf((long[]) values, count), shape);
        case FP32 -> Tensor.floats(Arrays.copyOf((float[]) values, count), shape);
        case FP64 -> Tensor.doubles(Arrays.copyOf((double[]) values, count), shape);
        case BYTES -> Tensor.strings(Arrays.copyOf((String[]) values, count), shape);
        case FP16, BF16 -> throw new IllegalStateException("16-bit floats are not read from JSON");
      };
    }
  }

  /**
   * Reads an array, flat or nested.
   *
   * @param parser stands at its first bracket, and at its last afterwards
   * @param name of the input, for errors
   * @param expected how many values there may be, at a guess
   */
  static Values read(JsonParser parser, String name, Datatype datatype, int expected)
      throws IOException {
    FlatArray array = new FlatArray(parser, name);
    int room = Math.max(SMALLEST, expected);
    return switch (datatype) {
      case BOOL -> bools(array, room);
      case UINT8 -> bytes(array, room, 0, 0xff);
      case INT8 -> bytes(array, room, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case UINT16 -> shorts(array, room, 0, 0xffff);
      case INT16 -> shorts(array, room, Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT32 -> ints(array, room, 0, 0xffff_ffffL);
      case INT32 -> ints(array, room, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT64 -> unsigned(array, room);
      case INT64 -> longs(array, room);
      case FP32 -> floats(array, room);
      case FP64 -> doubles(array, room);
      case BYTES -> texts(array, room);
      case FP16, BF16 ->
        throw new InvalidInputException("input \"" + name + "\" is " + datatype
            + ", which JSON has no form for; send it as raw bytes, with binary_data_size");
    };
  }

  /** Writes an array of all values, flat. */
  static void write(JsonGenerator json, OutputTensor output) throws IOException {
    Tensor values = output.values();
    json.writeStartArray();
    switch (output.datatype()) {
      case BOOL -> write(json, values.bools());
      case UINT8 -> writeUnsigned(json, values.bytes());
      case INT8 -> write(json, values.bytes());
      case UINT16 -> writeUnsigned(json, values.shorts());
      case INT16 -> write(json, values.shorts());
      case UINT32 -> writeUnsigned(json, values.ints());
      case INT32 -> write(json, values.ints());
      case UINT64 -> writeUnsigned(json, values.longs());
      case INT64 -> write(json, values.longs());
      case FP32 -> write(json, values.floats());
      case FP64 -> write(json, values.doubles());
      case BYTES -> write(json, values.strings());
      case FP16, BF16 ->
        throw new InvalidInputException("output \"" + output.name() + "\" is " + output.datatype()
            + ", which JSON has no form for; ask for it with binary_data");
    }
    json.writeEndArray();
  }

  private static Values bools(FlatArray array, int room) throws IOException {
    boolean[] values = new boolean[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = array.truth();
    }
    return new Values(values, count);
  }

  private static Values bytes(FlatArray array, int room, long least, long most) throws IOException {
    byte[] values = new byte[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = (byte) array.whole(least, most);
    }
    return new Values(values, count);
  }

  private static Values shorts(FlatArray array, int room, long least, long most)
      throws IOException {
    short[] values = new short[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = (short) array.whole(least, most);
    }
    return new Values(values, count);
  }

  private static Values ints(FlatArray array, int room, long least, long most) throws IOException {
    int[] values = new int[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = (int) array.whole(least, most);
    }
    return new Values(values, count);
  }

  private static Values longs(FlatArray array, int room) throws IOException {
    long[] values = new long[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = array.whole(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    return new Values(values, count);
  }

  private static Values unsigned(FlatArray array, int room) throws IOException {
    long[] values = new long[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = array.unsigned64();
    }
    return new Values(values, count);
  }

  private static Values floats(FlatArray array, int room) throws IOException {
    float[] values = new float[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = array.real32();
    }
    return new Values(values, count);
  }

  private static Values doubles(FlatArray array, int room) throws IOException {
    double[] values = new double[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = array.real64();
    }
    return new Values(values, count);
  }

  private static Values texts(FlatArray array, int room) throws IOException {
    String[] values = new String[room];
    int count = 0;
    while (array.next()) {
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = array.text();
    }
    return new Values(values, count);
  }

  private static void write(JsonGenerator json, boolean[] values) throws IOException {
    for (boolean value : values) {
      json.writeBoolean(value);
    }
  }

  private static void write(JsonGenerator json, byte[] values) throws IOException {
    for (byte value : values) {
      json.writeNumber(value);
    }
  }

  private static void writeUnsigned(JsonGenerator json, byte[] values) throws IOException {
    for (byte value : values) {
      json.writeNumber(Byte.toUnsignedInt(value));
    }
  }

  private static void write(JsonGenerator json, short[] values) throws IOException {
    for (short value : values) {
      json.writeNumber(value);
    }
  }

  private static void writeUnsigned(JsonGenerator json, short[] values) throws IOException {
    for (short value : values) {
      json.writeNumber(Short.toUnsignedInt(value));
    }
  }

  private static void write(JsonGenerator json, int[] values) throws IOException {
    for (int value : values) {
      json.writeNumber(value);
    }
  }

  private static void writeUnsigned(JsonGenerator json, int[] values) throws IOException {
    for (int value : values) {
      json.writeNumber(Integer.toUnsignedLong(value));
    }
  }

  private static void write(JsonGenerator json, long[] values) throws IOException {
    for (long value : values) {
      json.writeNumber(value);
    }
  }

  private static void writeUnsigned(JsonGenerator json, long[] values) throws IOException {
    for (long value : values) {
      json.writeNumber(Long.toUnsignedString(value));
    }
  }

  private static void write(JsonGenerator json, float[] values) throws IOException {
    for (float value : values) {
      json.writeNumber(value);
    }
  }

  private static void write(JsonGenerator json, double[] values) throws IOException {
    for (double value : values) {
      json.writeNumber(value);
    }
  }

  private static void write(JsonGenerator json, String[] values) throws IOException {
    for (String value : values) {
      json.writeString(value);
    }
  }
}
