package lapidary.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sizes that hide behind a file's outer header: a WebP canvas may hold a larger picture, and a BMP file a whole JPEG or PNG
 * file. Readers take memory for them unasked.
 */
final class InnerSize {
  private static final int BMP_JPEG = 4;
  private static final int BMP_PNG = 5;
  private static final int FOURTEEN_BITS = 0x3fff;

  private InnerSize() {}

  /** @throws InvalidInputException if there is a picture out of bounds, or a file of another format, within */
  static void requireBounded(byte[] encoded, ImageFormat format, String source) {
    of(encoded, format, source)
        .forEach(size -> ImageDecoding.requireBounded(source, size.width(), size.height()));
  }

  /** The pictures within a file. */
  static Stream<PictureSize> of(byte[] encoded, ImageFormat format, String source) {
    if (format == ImageFormat.BMP) {
      requirePlain(encoded, source);
    }
    if (format != ImageFormat.WEBP) {
      return Stream.empty();
    }
    Chunks chunks = Chunks.ofWebp(encoded);
    Optional<Chunks> frame = chunks.find("ANMF").map(Chunks::ofWebpFrame);
    return Stream.concat(pictures(chunks), frame.stream().flatMap(InnerSize::pictures));
  }

  private static void requirePlain(byte[] bmp, String source) {
    if (bmp.length < 34) {
      return;
    }
    int compression = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).getInt(30);
    boolean hasField = bmp[14] >= 40;
    if (hasField && (compression == BMP_JPEG || compression == BMP_PNG)) {
      throw new InvalidInputException(
          source + " is a BMP file around a JPEG or PNG file; give the file inside");
    }
  }

  private static Stream<PictureSize> pictures(Chunks chunks) {
    return Stream.of(
            chunks.find("VP8 ").flatMap(InnerSize::lossy),
            chunks.find("VP8L").flatMap(InnerSize::lossless))
        .flatMap(Optional::stream);
  }

  /** RFC 6386 §9.1: behind the frame tag and the start code, 14 bits each. */
  private static Optional<PictureSize> lossy(ByteBuffer chunk) {
    return chunk.limit() < 10
        ? Optional.empty()
        : Optional.of(
            new PictureSize(chunk.getShort(6) & FOURTEEN_BITS, chunk.getShort(8) & FOURTEEN_BITS));
  }

  /** RFC 9649 §3.4: behind the signature, 14 bits each, less one. */
  private static Optional<PictureSize> lossless(ByteBuffer chunk) {
    if (chunk.limit() < 5) {
      return Optional.empty();
    }
    int bits = chunk.getInt(1);
    return Optional.of(
        new PictureSize((bits & FOURTEEN_BITS) + 1, (bits >> 14 & FOURTEEN_BITS) + 1));
  }
}
