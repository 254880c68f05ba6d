package lapidary.search.http.models;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.HttpProblem;

/** Bodies that were compressed on their way, as Triton's clients do if they are asked to. Stateless. */
final class Decoded {
  /** The longest body when it is unpacked: a few bytes may stand for very many. */
  static final int LONGEST = 16 << 20;

  private Decoded() {}

  /** The body itself. @throws HttpProblem with status 415 for another encoding, 413 for a body that is too long */
  static byte[] of(String encoding, byte[] sent) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> sent;
      case "gzip", "x-gzip" -> unpacked(sent, GZIPInputStream::new, encoding);
      case "deflate" -> unpacked(sent, InflaterInputStream::new, encoding);
      default ->
        throw new HttpProblem(
            415, "Content-Encoding " + encoding + " is not taken here; send gzip, deflate or none");
    };
  }

  /** Opens a compressed stream. */
  private interface Packing {
    InputStream open(InputStream in) throws IOException;
  }

  private static byte[] unpacked(byte[] sent, Packing packing, String encoding) {
    try (InputStream in = packing.open(new ByteArrayInputStream(sent))) {
      byte[] body = in.readNBytes(LONGEST);
      if (in.read() >= 0) {
        throw new HttpProblem(
            413, "the body has more than " + LONGEST + " bytes when it is unpacked; send less");
      }
      return body;
    } catch (IOException e) {
      throw new InvalidInputException(
          "the body is not " + encoding + ", which Content-Encoding says; send it so", e);
    }
  }
}
