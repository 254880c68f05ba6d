package lapidary.models;

import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory as ImageIO wants it. The platform's own streams copy it once more, into memory or onto the disk. */
final class EncodedBytes extends ImageInputStreamImpl {
  private final byte[] bytes;

  EncodedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
