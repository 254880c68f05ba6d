package lapidary.models;

/**
 * Element types that may cross the boundary of an ONNX file, and the Java arrays that hold them. Java has no unsigned numbers but
 * {@code char}, so unsigned elements are held bit for bit in the signed type of their width, for {@link Byte#toUnsignedInt},
 * {@link Short#toUnsignedInt}, {@link Integer#toUnsignedLong} and {@link Long#toUnsignedString} to read. It has no 16-bit floats
 * either: these are held as {@code float}, which represents each of their values exactly.
 */
public enum ElementType {
  /** 32-bit IEEE 754, in {@code float[]}. */
  FLOAT32,
  /** 16-bit IEEE 754, in {@code float[]}; going in, values are rounded to the nearest, ties to even. */
  FLOAT16,
  /** The upper 16 bits of a {@link #FLOAT32}, in {@code float[]}; going in, values are rounded to the nearest, ties to even. */
  BFLOAT16,
  /** 64-bit IEEE 754, in {@code double[]}. */
  FLOAT64,
  /** 8-bit signed integers, in {@code byte[]}. */
  INT8,
  /** 16-bit signed integers, in {@code short[]}. */
  INT16,
  /** 32-bit signed integers, in {@code int[]}. */
  INT32,
  /** 64-bit signed integers, such as ids, in {@code long[]}. */
  INT64,
  /** Unsigned bytes, 0 to 255, such as pixels, in {@code byte[]}. */
  UINT8,
  /** 16-bit unsigned integers, in {@code short[]}. */
  UINT16,
  /** 32-bit unsigned integers, in {@code int[]}. */
  UINT32,
  /** 64-bit unsigned integers, in {@code long[]}. */
  UINT64,
  /** Truth values, in {@code boolean[]}. */
  BOOL,
  /** UTF-8 text: raw categories and ids, in {@code String[]}. */
  STRING,
  /** What a file may have and Lapidary describes but cannot read: complex numbers, floats of 8 bits, sequences, maps. */
  OTHER
}
