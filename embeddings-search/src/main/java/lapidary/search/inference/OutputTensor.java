package lapidary.search.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorBytes;

/**
 * An output that is answered.
 *
 * @param name of the model's output
 * @param datatype of the values
 * @param values the tensor
 */
public record OutputTensor(String name, Datatype datatype, Tensor values) {
  /** Its raw contents: values in row-major order, little-endian, in an array of their own from its first byte to its last. */
  public ByteBuffer raw() {
    if (datatype == Datatype.BYTES) {
      return BytesElements.write(values.strings());
    }
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(TensorBytes.size(values)))
        .order(ByteOrder.LITTLE_ENDIAN);
    TensorBytes.write(values, content);
    return content.flip();
  }
}
