package lapidary.search.http.route;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** How a body is packed, as its {@code Content-Encoding} says. RFC 9110, §8.4.1. */
enum Packing {
  NONE,
  GZIP,
  DEFLATE;

  /** @throws HttpProblem if it is not taken here */
  static Packing of(String encoding) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> NONE;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default ->
        throw new HttpProblem(
            415, "Content-Encoding " + encoding + " is not taken here; send gzip, deflate or none");
    };
  }

  InputStream unpacking(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new GZIPInputStream(packed);
      case DEFLATE -> new InflaterInputStream(packed);
    };
  }

  /** As a header has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
