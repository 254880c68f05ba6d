package lapidary.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Direct, native-order memory for the inputs of one run, which ONNX Runtime reads in place. It grows to the largest input seen
 * and is used again by the next run; {@link InputBufferPool} lends it to one run at a time. Not thread-safe.
 */
final class InputBuffers {
  private final ByteBuffer[] buffers;

  InputBuffers(int inputs) {
    buffers = new ByteBuffer[inputs];
    java.util.Arrays.fill(buffers, direct(0));
  }

  /** Memory of exactly {@code bytes} for input {@code index}; its content is whatever the last run left. */
  ByteBuffer of(int index, int bytes) {
    if (buffers[index].capacity() < bytes) {
      buffers[index] = direct(bytes);
    }
    return buffers[index].clear().limit(bytes);
  }

  /** The memory held, in bytes. */
  long held() {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer.capacity();
    }
    return sum;
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
