package lapidary.trainer.data.photos;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import lapidary.models.Pixels;

/**
 * A photo's bytes, all of them or none: reading fails where the file is larger than any picture may be, and at the end if its
 * checksum is not the one that was noted for it. Java's zip files do not compare it.
 */
final class WholeFile extends FilterInputStream {
  private final String path;
  private final OptionalLong wanted;
  private final CRC32 crc = new CRC32();
  private long count;

  /** @param crc the checksum noted for the bytes, if one was */
  WholeFile(InputStream in, String path, OptionalLong crc) {
    super(in);
    this.path = path;
    this.wanted = crc;
  }

  /** Refuses a file whose size is known before it is read. */
  static void requireSize(long size, String path) throws IOException {
    if (size > Pixels.MAX_FILE_BYTES) {
      throw new IOException(path + " has more than " + Pixels.MAX_FILE_BYTES + " bytes");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read < 0) {
      requireChecksum();
      return read;
    }
    count += read;
    requireSize(count, path);
    crc.update(target, offset, read);
    return read;
  }

  private void requireChecksum() throws IOException {
    if (wanted.isPresent() && wanted.getAsLong() != crc.getValue()) {
      throw new IOException(path + " is damaged: its bytes have another checksum than was noted");
    }
  }
}
