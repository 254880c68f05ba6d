package lapidary.search.http.route;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * A body of lines that is read piece by piece, so many lines or bytes at a time, and never whole. Each piece has to arrive within the
 * server's time. Not thread-safe.
 */
final class Pieces {
  /** The most lines of a piece. */
  static final int LINES = 1_000;
  /** The most bytes of a piece, and so of a line. */
  static final int BYTES = 4 << 20;

  private static final int FIRST = 64 << 10;

  private final String type;
  private final InputStream in;
  private final Places.Place place;
  private final long nanos;
  private byte[] content = new byte[0];
  private int length;
  private boolean ended;

  Pieces(Context context, ServerLimits limits, Places.Place place) throws IOException {
    String sent = context.header(Header.CONTENT_TYPE);
    this.type = sent == null ? "" : sent;
    this.in = context.req().getInputStream();
    this.place = place;
    this.nanos = limits.time().toNanos();
  }

  /** Whether all has been given. */
  boolean ended() {
    return ended && length == 0;
  }

  /** The next whole lines; the last line of all may lack its end. */
  Body next() throws IOException {
    long end = System.nanoTime() + nanos;
    Scan scan = new Scan();
    scan.on();
    while (scan.lines < LINES && length < BYTES && read(end)) {
      scan.on();
    }
    return taken(scan.lines == LINES ? scan.cut : cut(scan.cut));
  }

  /** Counts lines in what has come. */
  private final class Scan {
    private int at;
    private int lines;
    /** Behind the last whole line. */
    private int cut;

    void on() {
      for (; at < length && lines < LINES; at++) {
        if (content[at] == '\n') {
          lines++;
          cut = at + 1;
        }
      }
    }
  }

  private int cut(int lastLine) {
    if (ended) {
      return length;
    }
    if (lastLine == 0) {
      throw new HttpProblem(413, "a line is longer than " + BYTES + " bytes; send less in one");
    }
    return lastLine;
  }

  /** Reads on; false at the end. */
  private boolean read(long end) throws IOException {
    if (ended) {
      return false;
    }
    if (length == content.length) {
      grow();
    }
    int n = in.read(content, length, content.length - length);
    if (System.nanoTime() > end) {
      throw new HttpProblem(408, "the body took too long to arrive; send it again, faster");
    }
    ended = n < 0;
    length += Math.max(0, n);
    return !ended;
  }

  private void grow() {
    int size = Math.max(FIRST, Math.min(BYTES, 2 * content.length));
    // A piece is a copy, so that each byte may be there twice.
    if (!place.grow(2L * (size - content.length))) {
      throw new HttpProblem(
          429,
          "the server has as much work as it takes; try again in a second",
          Map.of(Header.RETRY_AFTER, "1"));
    }
    content = Arrays.copyOf(content, size);
  }

  private Body taken(int bytes) {
    byte[] piece = Arrays.copyOf(content, bytes);
    System.arraycopy(content, bytes, content, 0, length - bytes);
    length -= bytes;
    return new Body(type, new Body.Bytes(piece));
  }
}
