package lapidary.models;

/** Element types that may cross the boundary of an ONNX file. */
public enum ElementType {
  /** 32-bit IEEE 754. */
  FLOAT32,
  /** 16-bit IEEE 754. */
  FLOAT16,
  /** Unsigned bytes, 0 to 255: pixels. */
  UINT8,
  /** 32-bit signed integers. */
  INT32,
  /** 64-bit signed integers: ids. */
  INT64,
  /** Truth values. */
  BOOL,
  /** UTF-8 text: raw categories and ids. */
  STRING
}
