package lapidary.search.http.route;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import lapidary.models.InvalidInputException;

/** Unpacks bodies, as far as they are taken. Stateless. */
final class Unpacked {
  private static final int CHUNK = 8192;

  private Unpacked() {}

  /**
   * Unpacks a body, growing its share of the room with it.
   *
   * @throws HttpProblem if it is longer than the limit, or there is no room for it
   * @throws InvalidInputException if it is damaged
   */
  static byte[] of(byte[] packed, Asked asked, Room.Share share) {
    try (InputStream in = asked.packing().unpacking(new ByteArrayInputStream(packed))) {
      byte[] content = new byte[Math.min(asked.limit(), Math.max(CHUNK, packed.length))];
      for (int length = 0; ; ) {
        int n = in.readNBytes(content, length, content.length - length);
        length += n;
        if (length < content.length) {
          return Arrays.copyOf(content, length);
        }
        if (length == asked.limit()) {
          return requireEnded(in, content, asked);
        }
        int more = (int) Math.min(asked.limit(), 2L * content.length);
        if (!share.resize((long) packed.length + more, asked.limit())) {
          throw HttpProblem.busy();
        }
        content = Arrays.copyOf(content, more);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "the body is not " + asked.packing().toString() + ", which Content-Encoding says: "
              + e.getMessage() + "; send it again",
          e);
    }
  }

  private static byte[] requireEnded(InputStream in, byte[] content, Asked asked)
      throws IOException {
    if (in.read() >= 0) {
      throw asked.tooLong();
    }
    return content;
  }
}
