package lapidary.search.http.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import lapidary.search.http.route.EntityTag;

/** A file of the page as it is sent: plain, or packed by gzip, each made when it is first asked for. Thread-safe. */
final class PageFile {
  private final String mediaType;
  private final byte[] content;
  /** By whether they are packed. */
  private final Map<Boolean, Sent> ways = new ConcurrentHashMap<>();

  PageFile(String mediaType, byte[] content) {
    this.mediaType = mediaType;
    this.content = content.clone();
  }

  /** One way. */
  private static final class Sent {
    private final byte[] bytes;
    private final EntityTag tag;

    Sent(byte[] bytes) {
      this.bytes = bytes;
      this.tag = EntityTag.of(bytes);
    }
  }

  String mediaType() {
    return mediaType;
  }

  /** The bytes of the file, not copied: nobody changes them. */
  byte[] content() {
    return content;
  }

  /** The bytes as they are sent, not copied: they are written to a connection and nowhere else. */
  byte[] content(boolean gzip) {
    return sent(gzip).bytes;
  }

  /** What the bytes are known by, which differ by the way of sending them. */
  EntityTag tag(boolean gzip) {
    return sent(gzip).tag;
  }

  private Sent sent(boolean gzip) {
    return ways.computeIfAbsent(gzip, packed -> new Sent(packed ? gzip(content) : content));
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return packed.toByteArray();
  }
}
