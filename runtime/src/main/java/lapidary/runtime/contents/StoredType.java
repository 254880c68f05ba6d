package lapidary.runtime.contents;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An element type of ONNX. Numbers from onnx.proto of ONNX 1.20.
 *
 * @param number TensorProto.DataType
 * @param name such as {@code float16}
 * @param bits of an element; 0 if they differ, as of texts, or the type is unknown
 */
public record StoredType(long number, String name, int bits) {
  static final long FLOAT32 = 1;
  static final long UINT8 = 2;
  static final long INT8 = 3;
  static final long INT32 = 6;
  static final long INT64 = 7;
  static final long STRING = 8;
  static final long BOOL = 9;
  static final long FLOAT16 = 10;
  static final long FLOAT64 = 11;
  static final long BFLOAT16 = 16;

  private static final Map<Long, StoredType> KNOWN = List.of(
          new StoredType(FLOAT32, "float32", 32),
          new StoredType(UINT8, "uint8", 8),
          new StoredType(INT8, "int8", 8),
          new StoredType(4, "uint16", 16),
          new StoredType(5, "int16", 16),
          new StoredType(INT32, "int32", 32),
          new StoredType(INT64, "int64", 64),
          new StoredType(STRING, "string", 0),
          new StoredType(BOOL, "bool", 8),
          new StoredType(FLOAT16, "float16", 16),
          new StoredType(FLOAT64, "float64", 64),
          new StoredType(12, "uint32", 32),
          new StoredType(13, "uint64", 64),
          new StoredType(14, "complex64", 64),
          new StoredType(15, "complex128", 128),
          new StoredType(BFLOAT16, "bfloat16", 16),
          new StoredType(17, "float8e4m3fn", 8),
          new StoredType(18, "float8e4m3fnuz", 8),
          new StoredType(19, "float8e5m2", 8),
          new StoredType(20, "float8e5m2fnuz", 8),
          new StoredType(21, "uint4", 4),
          new StoredType(22, "int4", 4),
          new StoredType(23, "float4e2m1", 4),
          new StoredType(24, "float8e8m0", 8))
      .stream()
      .collect(Collectors.toUnmodifiableMap(StoredType::number, Function.identity()));

  /** The type of this number; one that onnx.proto does not have is called by it. */
  public static StoredType of(long number) {
    StoredType known = KNOWN.get(number);
    return known == null ? new StoredType(number, "type " + number, 0) : known;
  }
}
