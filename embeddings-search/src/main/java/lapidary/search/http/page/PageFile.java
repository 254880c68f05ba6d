package lapidary.search.http.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import lapidary.search.http.route.EntityTag;

/** A file of the page as it is sent: plain, and packed by gzip. Immutable. */
final class PageFile {
  private final String mediaType;
  private final byte[] content;
  private final byte[] packed;
  private final EntityTag tag;
  private final EntityTag packedTag;

  PageFile(String mediaType, byte[] content) {
    this.mediaType = mediaType;
    this.content = content.clone();
    this.packed = gzip(content);
    this.tag = EntityTag.of(content);
    this.packedTag = EntityTag.of(packed);
  }

  String mediaType() {
    return mediaType;
  }

  /** The bytes, not copied: they are written to a connection and nowhere else. */
  byte[] content(boolean gzip) {
    return gzip ? packed : content;
  }

  /** What the bytes are known by, which differ by the way of sending them. */
  EntityTag tag(boolean gzip) {
    return gzip ? packedTag : tag;
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
