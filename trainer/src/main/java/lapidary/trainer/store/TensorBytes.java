package lapidary.trainer.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import lapidary.models.InvalidInputException;

/** The tensors' bytes of an open file, after its header. */
record TensorBytes(FileChannel channel, long dataStart, String source) {
  /** Files up to this size are read into Java memory; a mapped file could not be replaced on Windows. */
  private static final long MAPPED_OVER = 1L << 30;

  StoredTensor read(Header.Entry entry) throws IOException {
    if (entry.size() > Integer.MAX_VALUE - 16) {
      throw new InvalidInputException(source + ": tensor " + entry.name() + " has " + entry.size()
          + " bytes; Lapidary reads tensors up to 2 GB, store it in parts");
    }
    ByteBuffer bytes = bytes(entry);
    ByteBuffer values = entry.dtype() == Dtype.BF16 ? widen(entry, bytes) : bytes;
    return StoredTensor.of(entry.name(), entry.dtype().type(), entry.dimensions(), values);
  }

  private ByteBuffer bytes(Header.Entry entry) throws IOException {
    long position = dataStart + entry.begin();
    if (channel.size() > MAPPED_OVER) {
      return channel.map(FileChannel.MapMode.READ_ONLY, position, entry.size());
    }
    return readFully(channel, position, (int) entry.size());
  }

  static ByteBuffer readFully(FileChannel channel, long position, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private ByteBuffer widen(Header.Entry entry, ByteBuffer bfloats) {
    if (entry.size() > Integer.MAX_VALUE / 2 - 16) {
      throw new InvalidInputException(
          source + ": tensor " + entry.name() + " exceeds 2 GB as FLOAT32; store it in parts");
    }
    return HalfFloats.widened(bfloats);
  }
}
