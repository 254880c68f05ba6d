package lapidary.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** The one decoder of picture files. Everything a hostile file could make large is bounded before memory is taken. */
final class ImageDecoding {
  /** Above this many pixels an image is refused from its header. */
  static final long MAX_PIXELS = 100_000_000L;
  /** A picture whose longer side has more than this many times the shorter one's pixels is refused from its header. */
  static final int MAX_RATIO = 256;
  /** Above this many bytes a file is refused. */
  static final int MAX_BYTES = 256 << 20;
  /** Each scan of a progressive JPEG touches every pixel; cameras and encoders write about ten. */
  static final int MAX_SCANS = 100;

  /** Only above this many pixels is a picture read at a fraction of its size: below there is little to be won. */
  private static final int LARGE = 4_000_000;
  /** Still eight times finer than what is used, so that the filter after it averages away what skipping pixels aliases. */
  private static final int FINER = 8;

  private ImageDecoding() {}

  static Pixels decode(byte[] encoded, String source, int channels, int enough) {
    ImageFormat format = format(encoded, source);
    return guarded(
        source,
        () -> format == ImageFormat.JPEG
            ? jpeg(encoded, source, channels, enough)
            : plain(encoded, format, source, channels, enough));
  }

  /** How large it is, without decoding it. */
  static PictureSize size(byte[] encoded, String source) {
    ImageFormat format = format(encoded, source);
    return guarded(source, () -> {
      Stream<PictureSize> inner = InnerSize.of(encoded, format, source);
      ImageReader reader = format.reader();
      try {
        reader.setInput(new EncodedBytes(encoded), true, true);
        PictureSize outer = new PictureSize(reader.getWidth(0), reader.getHeight(0));
        PictureSize largest = Stream.concat(Stream.of(outer), inner)
            .max(Comparator.comparingLong(PictureSize::pixels))
            .orElse(outer);
        requireBounded(source, largest.width(), largest.height());
        return largest;
      } finally {
        reader.dispose();
      }
    });
  }

  private static ImageFormat format(byte[] encoded, String source) {
    ImageFormat format = ImageFormat.of(encoded)
        .orElseThrow(() -> new InvalidInputException(source
            + " is not an image Lapidary can read; give a PNG, JPEG, GIF, BMP or WebP file"));
    if (encoded.length > MAX_BYTES) {
      throw new InvalidInputException(source + " has " + encoded.length + " bytes, more than "
          + MAX_BYTES + "; save it smaller first");
    }
    return format;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T guarded(String source, Reading<T> reading) {
    try {
      return reading.read();
    } catch (InvalidInputException | EnvironmentException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers answer damaged bytes with any exception, from IIOException to
      // NegativeArraySizeException.
      throw damaged(source, String.valueOf(e.getMessage()), e);
    }
  }

  private static Pixels plain(
      byte[] encoded, ImageFormat format, String source, int channels, int enough)
      throws IOException {
    InnerSize.requireBounded(encoded, format, source);
    ImageReader reader = format.reader();
    try {
      ImageReadParam reading = open(reader, encoded, source, enough);
      Pixels picture = RasterPixels.of(reader.read(0, reading), channels);
      return upright(picture, Orientation.exif(encoded, format));
    } finally {
      reader.dispose();
    }
  }

  private static Pixels jpeg(byte[] encoded, String source, int channels, int enough)
      throws IOException {
    JpegHeader header = JpegHeader.of(encoded);
    requireWhole(header, source);
    ImageReader reader = ImageFormat.JPEG.reader();
    try {
      ImageReadParam reading = open(reader, encoded, source, enough);
      Pixels picture = header.components() == 4
          ? JpegColours.cmyk(reader.readRaster(0, reading), header, channels)
          : RasterPixels.of(reader.read(0, reading), channels);
      return upright(picture, header.exif());
    } finally {
      reader.dispose();
    }
  }

  private static void requireWhole(JpegHeader header, String source) {
    if (!header.ended()) {
      // libjpeg would make the missing part grey and go on.
      throw damaged(source, "it is cut short, without an end-of-image marker", null);
    }
    if (header.scans() > MAX_SCANS) {
      throw new InvalidInputException(source + " is a JPEG of " + header.scans()
          + " scans, more than " + MAX_SCANS + "; save it again");
    }
  }

  private static ImageReadParam open(ImageReader reader, byte[] encoded, String source, int enough)
      throws IOException {
    reader.setInput(new EncodedBytes(encoded), true, true);
    int height = reader.getHeight(0);
    int width = reader.getWidth(0);
    requireBounded(source, width, height);
    ImageReadParam reading = reader.getDefaultReadParam();
    int step = (int) (Math.min(height, width) / ((long) FINER * enough));
    if (step > 1 && (long) height * width > LARGE) {
      reading.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
    }
    return reading;
  }

  private static Pixels upright(Pixels picture, Optional<ByteBuffer> exif) {
    return exif.map(tiff -> Orientation.upright(picture, Orientation.of(tiff))).orElse(picture);
  }

  /** @throws InvalidInputException if a picture of this size takes too much memory, decoded or while it is made smaller */
  static void requireBounded(String source, long width, long height) {
    String size = source + " has " + width + "×" + height + " pixels, ";
    if (width * height > MAX_PIXELS) {
      throw new InvalidInputException(size + "more than " + MAX_PIXELS + "; make it smaller first");
    }
    if (Math.max(width, height) > MAX_RATIO * Math.max(1, Math.min(width, height))) {
      throw new InvalidInputException(size + "one side more than " + MAX_RATIO
          + " times as long as the other; cut a part out first");
    }
  }

  private static InvalidInputException damaged(
      String source, String how, @Nullable Exception cause) {
    String message = source + " is a damaged image: " + how + "; replace the file";
    return cause == null
        ? new InvalidInputException(message)
        : new InvalidInputException(message, cause);
  }
}
