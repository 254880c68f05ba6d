package lapidary.trainer.data.photos;

import java.io.IOException;
import java.io.InputStream;

/** Reads no more than a picture may have. */
final class Bounded {
  static final int MAX_BYTES = 64 << 20;

  private Bounded() {}

  static byte[] read(InputStream in, String path) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException(path + " has more than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }
}
