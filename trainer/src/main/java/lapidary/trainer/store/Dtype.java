package lapidary.trainer.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;

/** The element types of a safetensors file that Lapidary reads, under the format's names. */
enum Dtype {
  F32(ElementType.FLOAT32, 4),
  F16(ElementType.FLOAT16, 2),
  /** Read as FLOAT32; never written. */
  BF16(ElementType.FLOAT32, 2),
  I64(ElementType.INT64, 8),
  I32(ElementType.INT32, 4),
  U8(ElementType.UINT8, 1),
  BOOL(ElementType.BOOL, 1);

  private final ElementType type;
  private final int width;

  Dtype(ElementType type, int width) {
    this.type = type;
    this.width = width;
  }

  /** What an element becomes in memory. */
  ElementType type() {
    return type;
  }

  /** Bytes of an element in the file. */
  int width() {
    return width;
  }

  /** The type with this name in the format, if it is one of these. */
  static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(dtype -> dtype.name().equals(name)).findFirst();
  }

  /** The type under which an element type is written. */
  static Dtype of(String tensor, ElementType type) {
    return Arrays.stream(values())
        .filter(dtype -> dtype.type == type)
        .findFirst()
        .orElseThrow(() -> new InvalidInputException("tensor " + tensor + " holds " + type
            + ", which safetensors cannot store; use one of " + List.of(values())));
  }

  /**
   * Bytes of a tensor of this type.
   *
   * @throws InvalidInputException if a dimension is negative or the size is over 2^63-1
   */
  long size(String tensor, long[] shape) {
    long size = width;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new InvalidInputException(
            "tensor " + tensor + " has shape " + Arrays.toString(shape) + "; sizes are 0 or more");
      }
      try {
        size = Math.multiplyExact(size, dimension);
      } catch (ArithmeticException e) {
        throw new InvalidInputException(
            "tensor " + tensor + " of shape " + Arrays.toString(shape) + " is too large", e);
      }
    }
    return size;
  }
}
