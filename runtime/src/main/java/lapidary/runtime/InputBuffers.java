package lapidary.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import lapidary.models.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * Direct, native-order memory for the inputs of one run, which ONNX Runtime reads in place. It grows to the largest input seen
 * and is used again by the next run, with the native tensor around it if that has the same shape. {@link InputBufferPool} lends
 * it to one run at a time. Not thread-safe.
 */
final class InputBuffers implements AutoCloseable {
  private final ByteBuffer[] buffers;
  private final @Nullable OnnxTensor[] tensors;

  InputBuffers(int inputs) {
    buffers = new ByteBuffer[inputs];
    Arrays.fill(buffers, direct(0));
    tensors = new OnnxTensor[inputs];
  }

  /** Memory of exactly {@code bytes} for input {@code index}; its content is whatever the last run left. */
  ByteBuffer of(int index, int bytes) {
    if (buffers[index].capacity() < bytes) {
      release(index);
      buffers[index] = direct(bytes);
    }
    return buffers[index].clear().limit(bytes);
  }

  /** The values of {@code tensor} as {@code type} for input {@code index}; this keeps what it returns, until it is filled again. */
  OnnxTensor fill(int index, Tensor tensor, ElementType type) throws OrtException {
    ByteBuffer memory = of(index, TensorCodec.bytes(tensor, type));
    TensorCodec.write(tensor, type, memory);
    OnnxTensor kept = tensors[index];
    if (kept != null && Arrays.equals(kept.getInfo().getShape(), tensor.dimensions())) {
      return kept;
    }
    release(index);
    OnnxTensor made = TensorCodec.wrap(memory, type, tensor.dimensions());
    tensors[index] = made;
    return made;
  }

  /** The memory held, in bytes. */
  long held() {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer.capacity();
    }
    return sum;
  }

  /** Releases the native tensors; the memory itself is Java's. */
  @Override
  public void close() {
    for (int i = 0; i < tensors.length; i++) {
      release(i);
    }
  }

  private void release(int index) {
    OnnxTensor kept = tensors[index];
    if (kept != null) {
      kept.close();
      tensors[index] = null;
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
