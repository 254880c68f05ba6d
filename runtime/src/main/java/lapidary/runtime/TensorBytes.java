package lapidary.runtime;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;

/**
 * Tensors as the plain bytes that protocols send: their values one after the other, in row-major order and in the byte order of the
 * buffer. Copies once, without an array in between. Texts have no such form. Stateless.
 */
public final class TensorBytes {
  private TensorBytes() {}

  /** Bytes of one value. @throws InvalidInputException if values of this type have no fixed width */
  public static int width(ElementType type) {
    if (type == ElementType.STRING || type == ElementType.OTHER) {
      throw new InvalidInputException(
          "values of type " + type
              + " have no fixed width, so their plain bytes cannot be handed over; give them one by one");
    }
    return TensorCodec.width(type);
  }

  /** Bytes of all values of a tensor. */
  public static long size(Tensor tensor) {
    return (long) tensor.size() * width(tensor.type());
  }

  /**
   * Reads a tensor from a buffer's position to its limit; moves neither. Of {@link ElementType#FLOAT16} and
   * {@link ElementType#BFLOAT16} it gives the {@link ElementType#FLOAT32} tensor that inputs of these types take, which represents
   * each value exactly. A truth value is any byte but 0.
   *
   * @throws InvalidInputException unless there are exactly as many bytes as the shape wants
   */
  public static Tensor read(ElementType type, ByteBuffer values, long... shape) {
    int width = width(type);
    int bytes = values.remaining();
    if (bytes % width != 0) {
      throw new InvalidInputException(bytes + " bytes are not a number of values of " + width
          + " bytes; give the values of shape " + Arrays.toString(shape));
    }
    ElementType held = TensorCodec.held(type);
    Object array = TensorCodec.read(type, values.slice().order(values.order()), bytes / width);
    return Tensor.owning(held, array, shape.clone());
  }

  /**
   * Writes a tensor's values from a buffer's position on, which moves behind them.
   *
   * @throws java.nio.BufferOverflowException if there is not room for {@link #size} bytes
   */
  public static void write(Tensor tensor, ByteBuffer memory) {
    int size = Math.toIntExact(size(tensor));
    TensorCodec.write(tensor, tensor.type(), memory.slice().order(memory.order()));
    memory.position(memory.position() + size);
  }
}
