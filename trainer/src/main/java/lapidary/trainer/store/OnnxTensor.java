package lapidary.trainer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.wire.WireReader;

/** One tensor of an ONNX file while it is read. Used once. */
final class OnnxTensor implements OnnxInitializers.Fields {
  private static final int DIMS = 1;
  private static final int DATA_TYPE = 2;
  private static final int FLOAT_DATA = 4;
  private static final int INT32_DATA = 5;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;
  private static final int DATA_LOCATION = 14;
  private static final int EXTERNAL = 1;

  private static final int FLOAT = 1;
  private static final int FLOAT16 = 10;
  private static final int BFLOAT16 = 16;
  /** Integers of all widths, strings and truth values. */
  private static final Set<Integer> NO_WEIGHTS = Set.of(2, 3, 4, 5, 6, 7, 8, 9, 12, 13);

  private static final int MAX_NAME = 4096;
  private static final int MAX_RANK = 64;

  private final WireReader reader;
  private final String source;
  private final List<Long> shape = new ArrayList<>();
  private String name = "";
  private int type;
  private boolean external;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  OnnxTensor(WireReader reader, String source) {
    this.reader = reader;
    this.source = source;
  }

  @Override
  public void number(int field, long value) {
    switch (field) {
      case DIMS -> shape.add(value);
      case DATA_TYPE -> type = (int) value;
      case DATA_LOCATION -> external = value == EXTERNAL;
      default -> {
        // Segments and the like say nothing of the values.
      }
    }
  }

  @Override
  public boolean part(int field, long length) throws IOException {
    switch (field) {
      case NAME -> name = reader.text(limited("a name", length, MAX_NAME));
      case DIMS -> readDims(reader.position() + limited("a shape", length, MAX_RANK * 10));
      // Packed float32 numbers are little-endian, as raw ones are.
      case RAW_DATA, FLOAT_DATA -> bytes = ByteBuffer.wrap(reader.bytes(memory(length)));
      case INT32_DATA -> readHalves(length);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readDims(long end) throws IOException {
    while (reader.position() < end) {
      shape.add(reader.varint());
    }
  }

  /** 16-bit numbers that are not raw come as one base-128 number each. */
  private void readHalves(long length) throws IOException {
    long end = reader.position() + length;
    ByteBuffer halves =
        ByteBuffer.allocate(memory(Short.BYTES * length)).order(ByteOrder.LITTLE_ENDIAN);
    while (reader.position() < end) {
      halves.putShort((short) reader.varint());
    }
    bytes = halves.flip();
  }

  /** The tensor, unless it holds no floating-point numbers. */
  Optional<StoredTensor> stored() {
    if (NO_WEIGHTS.contains(type)) {
      return Optional.empty();
    }
    if (external) {
      throw new InvalidInputException(source + ": tensor " + name
          + " is kept in another file; save the network as one file, or as safetensors");
    }
    long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
    return Optional.of(
        switch (type) {
          case FLOAT -> StoredTensor.of(name, ElementType.FLOAT32, dimensions, bytes);
          case FLOAT16 -> StoredTensor.of(name, ElementType.FLOAT16, dimensions, bytes);
          case BFLOAT16 ->
            StoredTensor.of(name, ElementType.FLOAT32, dimensions, HalfFloats.widened(bytes));
          default ->
            throw new InvalidInputException(
                source + ": tensor " + name + " has ONNX element type " + type
                    + "; Lapidary reads float32, float16 and bfloat16 weights, convert it first");
        });
  }

  private int memory(long length) {
    return limited("tensor " + name, length, Integer.MAX_VALUE - 16);
  }

  private static int limited(String what, long length, int limit) {
    if (length > limit) {
      throw new InvalidInputException(
          what + " of " + length + " bytes in an ONNX file; Lapidary reads up to " + limit);
    }
    return (int) length;
  }
}
