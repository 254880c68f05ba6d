package lapidary.search.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorBytes;

/**
 * An input that was sent.
 *
 * @param name of the model's input
 * @param datatype as it was sent
 * @param values the tensor; of {@link Datatype#FP16} and {@link Datatype#BF16} the float32 values that they are
 */
public record InputTensor(String name, Datatype datatype, Tensor values) {
  /**
   * From raw contents: values in row-major order, little-endian. They are copied once.
   *
   * @throws InvalidInputException if the shape cannot be, or wants another number of values
   */
  public static InputTensor raw(String name, Datatype datatype, long[] shape, ByteBuffer content) {
    long count = count(name, shape);
    if (datatype == Datatype.BYTES) {
      String[] texts = BytesElements.read(what(name), content, count);
      return new InputTensor(name, datatype, Tensor.strings(texts, shape));
    }
    int width = TensorBytes.width(datatype.element());
    if (content.remaining() != count * width) {
      throw new InvalidInputException(what(name) + " has " + content.remaining()
          + " raw bytes, and " + datatype + " " + Arrays.toString(shape) + " wants "
          + count * width + "; send as many as the shape says");
    }
    ByteBuffer values = content.slice().order(ByteOrder.LITTLE_ENDIAN);
    return new InputTensor(name, datatype, TensorBytes.read(datatype.element(), values, shape));
  }

  /** Reads one text of BYTES. @throws InvalidInputException if it is not UTF-8 */
  public static String text(String name, ByteBuffer bytes, int index) {
    return BytesElements.text(what(name), bytes, index);
  }

  /**
   * The number of values that a shape wants.
   *
   * @throws InvalidInputException if a dimension is negative, or they are more than 2^31-1
   */
  public static long count(String name, long... shape) {
    long count = 1;
    for (long dimension : shape) {
      if (dimension < 0 || (dimension > 0 && count > Integer.MAX_VALUE / dimension)) {
        throw new InvalidInputException(what(name) + " has shape " + Arrays.toString(shape)
            + "; dimensions are 0 or more and make at most 2^31-1 values");
      }
      count *= dimension;
    }
    return count;
  }

  /** Refuses a number of values that a shape does not want. */
  public static void requireCount(String name, long count, long... shape) {
    long wanted = count(name, shape);
    if (count != wanted) {
      throw new InvalidInputException(what(name) + " has " + count + " values, and its shape "
          + Arrays.toString(shape) + " wants " + wanted + "; send as many as the shape says");
    }
  }

  /** For sentences. */
  static String what(String name) {
    return "input " + Quoted.of(name);
  }
}
