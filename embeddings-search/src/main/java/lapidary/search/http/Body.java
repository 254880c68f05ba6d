package lapidary.search.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * A request's body, read whole into memory and never longer than the limit. Not thread-safe.
 *
 * @param type the media type with its parameters, as it was sent
 * @param bytes the content
 */
record Body(String type, Bytes bytes) {
  /** How much of a body that is too long is read and dropped, so that the client gets to see the answer. */
  private static final int DRAINED = 8 << 20;

  /** Bytes that are not copied: they go from the socket to one reader. */
  static final class Bytes {
    private final byte[] content;

    Bytes(byte[] content) {
      this.content = content;
    }

    byte[] content() {
      return content;
    }
  }

  /**
   * Reads the body of a request. One that is longer than the limit is answered with status 413, one that trickles in for
   * longer than the limit with 408.
   */
  static Body read(Context context, ServerOptions.Limits limits) throws IOException {
    int limit = limits.bodyBytes();
    long begun = System.nanoTime();
    InputStream in = context.req().getInputStream();
    long announced = context.req().getContentLengthLong();
    ByteArrayOutputStream kept = new ByteArrayOutputStream(8192);
    byte[] chunk = new byte[8192];
    for (int n = announced > limit ? -1 : in.read(chunk); n >= 0; n = in.read(chunk)) {
      kept.write(chunk, 0, n);
      if (System.nanoTime() - begun > limits.time().toNanos()) {
        throw new HttpProblem(408, "the body took too long to arrive; send it again, faster");
      }
      if (kept.size() > limit) {
        announced = kept.size();
        break;
      }
    }
    if (announced > limit) {
      drain(in, chunk);
      throw new HttpProblem(413, "the body is longer than " + limit + " bytes; send less");
    }
    String type = context.header(Header.CONTENT_TYPE);
    return new Body(type == null ? "" : type, new Bytes(kept.toByteArray()));
  }

  private static void drain(InputStream in, byte[] chunk) throws IOException {
    for (int left = DRAINED; left > 0; ) {
      int n = in.read(chunk);
      if (n < 0) {
        return;
      }
      left -= n;
    }
  }

  boolean isJson() {
    return mediaType().equals("application/json");
  }

  boolean isMultipart() {
    return mediaType().equals("multipart/form-data");
  }

  private String mediaType() {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  static HttpProblem unsupported(Body body) {
    String found = body.type().isEmpty() ? "no Content-Type" : "Content-Type " + body.mediaType();
    return new HttpProblem(
        415, found + " is not taken here; send application/json or multipart/form-data");
  }
}
