package lapidary.search.http.route;

import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A request's body, read whole into memory and never longer than the limit. Not thread-safe.
 *
 * @param type the media type with its parameters, as it was sent
 * @param bytes the content
 */
public record Body(String type, Bytes bytes) {
  /** How much of a body that is not wanted is read and dropped, so that the client gets to see the answer. */
  private static final int DROPPED = 32 << 20;

  /** How long that may take; then the connection is closed. */
  private static final Duration DROPPING = Duration.ofSeconds(2);

  /** A client that has sent nothing for so long has sent all, or has stopped. */
  private static final Duration QUIET = Duration.ofMillis(300);

  private static final int CHUNK = 8192;

  /** Bytes that are not copied: they go from the socket to one reader. */
  public static final class Bytes {
    private final byte[] content;

    Bytes(byte[] content) {
      this.content = content;
    }

    public byte[] content() {
      return content;
    }
  }

  /**
   * Reads the body of a request into memory that its place has room for. One that is longer than the server or the route takes is
   * answered with status 413, one that trickles in for longer than the server's limit with 408, one that there is no room for with
   * 429.
   */
  static Body read(Context context, ServerLimits limits, Route.Limits route, Places.Place place)
      throws IOException {
    String type = context.header(Header.CONTENT_TYPE);
    Body empty = new Body(type == null ? "" : type, new Bytes(new byte[0]));
    int limit =
        Math.min(limits.bodyBytes(), empty.isJson() ? route.jsonBytes() : route.bodyBytes());
    return new Body(empty.type(), new Bytes(new Reading(context, limits, place, limit).all()));
  }

  /** A body on its way. */
  private static final class Reading {
    private final Context context;
    private final Places.Place place;
    private final int limit;
    private final long announced;
    private final long end;
    private byte[] content = new byte[0];

    Reading(Context context, ServerLimits limits, Places.Place place, int limit) {
      this.context = context;
      this.place = place;
      this.limit = limit;
      this.announced = context.req().getContentLengthLong();
      this.end = System.nanoTime() + limits.time().toNanos();
    }

    byte[] all() throws IOException {
      if (announced > limit) {
        throw tooLong();
      }
      grow(announced < 0 ? Math.min(limit, CHUNK) : (int) announced);
      InputStream in = context.req().getInputStream();
      int length = 0;
      while (length < content.length) {
        int n = in.read(content, length, content.length - length);
        if (n < 0) {
          return Arrays.copyOf(content, length);
        }
        length += n;
        requireInTime();
        if (length == content.length && announced < 0) {
          makeRoom(in);
        }
      }
      return content;
    }

    private void requireInTime() {
      if (System.nanoTime() > end) {
        throw new HttpProblem(408, "the body took too long to arrive; send it again, faster");
      }
    }

    /** A body of unknown length has filled its memory: it ends here, or gets more, or is too long. */
    private void makeRoom(InputStream in) throws IOException {
      if (content.length < limit) {
        grow((int) Math.min(limit, 2L * content.length));
      } else if (in.read() >= 0) {
        throw tooLong();
      }
    }

    private void grow(int size) throws IOException {
      if (!place.grow(size - content.length)) {
        throw busy(context);
      }
      content = Arrays.copyOf(content, size);
    }

    private HttpProblem tooLong() throws IOException {
      drop(context);
      return new HttpProblem(413, "the body is longer than " + limit + " bytes; send less");
    }
  }

  /** Turns a request away that there is no room for; its body is not kept. */
  static HttpProblem busy(Context context) throws IOException {
    drop(context);
    return new HttpProblem(
        429,
        "the server has as much work as it takes; try again in a second",
        Map.of(Header.RETRY_AFTER, "1"));
  }

  /**
   * Reads what is left of a body without keeping it, as far as it comes in time: a client that is still sending sees no answer if
   * the connection is closed on it. Never waits long for one that does not send; how much of a body of unknown length is still to
   * come nobody can tell, so the answer says that the connection ends with it.
   */
  private static void drop(Context context) throws IOException {
    long announced = context.req().getContentLengthLong();
    boolean sends = announced > 0 || context.header(Header.TRANSFER_ENCODING) != null;
    if (!sends || context.header(Header.EXPECT) != null) {
      return;
    }
    context.header(Header.CONNECTION, "close");
    ServletInputStream in = context.req().getInputStream();
    byte[] chunk = new byte[CHUNK];
    long now = System.nanoTime();
    long end = now + DROPPING.toNanos();
    long quiet = now;
    long left = announced > 0 ? Math.min(announced, DROPPED) : DROPPED;
    while (left > 0 && now < end && now - quiet < QUIET.toNanos()) {
      if (in.available() > 0) {
        left -= Math.max(0, in.read(chunk));
        quiet = System.nanoTime();
      } else if (!paused()) {
        return;
      }
      now = System.nanoTime();
    }
  }

  private static boolean paused() {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public boolean isJson() {
    return mediaType().equals("application/json");
  }

  /** Whether each line is JSON of its own. */
  public boolean isNdjson() {
    return mediaType().equals("application/x-ndjson");
  }

  public boolean isMultipart() {
    return mediaType().equals("multipart/form-data");
  }

  public boolean isImage() {
    return mediaType().startsWith("image/");
  }

  private String mediaType() {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Refuses a body of a type that a route does not take. */
  public static HttpProblem unsupported(Body body) {
    return unsupported(body, "application/json or multipart/form-data");
  }

  /**
   * Refuses a body of a type that a route does not take.
   *
   * @param taken what to send instead
   */
  public static HttpProblem unsupported(Body body, String taken) {
    String found = body.type().isEmpty() ? "no Content-Type" : "Content-Type " + body.mediaType();
    return new HttpProblem(415, found + " is not taken here; send " + taken);
  }
}
