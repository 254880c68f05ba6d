package lapidary.search.http.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file of the page as it is sent: plain, and packed by gzip. Immutable. */
final class PageFile {
  private final String mediaType;
  private final byte[] content;
  private final byte[] packed;
  private final String tag;

  PageFile(String mediaType, byte[] content) {
    this.mediaType = mediaType;
    this.content = content.clone();
    this.packed = gzip(content);
    this.tag = '"' + digest(content) + '"';
  }

  String mediaType() {
    return mediaType;
  }

  /** The bytes, not copied: they are written to a connection and nowhere else. */
  byte[] content(boolean gzip) {
    return gzip ? packed : content;
  }

  /** What the content is known by, the same for both ways of sending it but for a letter. RFC 9110, §8.8.3. */
  String tag(boolean gzip) {
    return gzip ? tag.substring(0, tag.length() - 1) + "z\"" : tag;
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

  private static String digest(byte[] content) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(sha256, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
