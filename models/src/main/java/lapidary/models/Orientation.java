package lapidary.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How the camera was held: tag 0x0112 of the Exif block, 1 upright to 8, in JPEG, PNG ({@code eXIf}) and WebP ({@code EXIF})
 * files. A damaged or missing block means upright.
 */
final class Orientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  private Orientation() {}

  /** The Exif block of a PNG or WebP file. */
  static Optional<ByteBuffer> exif(byte[] encoded, ImageFormat format) {
    return switch (format) {
      case PNG -> Chunks.ofPng(encoded).find("eXIf");
      case WEBP -> Chunks.ofWebp(encoded).find("EXIF").map(Orientation::withoutPrefix);
      default -> Optional.empty();
    };
  }

  /** The orientation that a TIFF structure states, 1 to 8. */
  static int of(ByteBuffer tiff) {
    try {
      tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = tiff.getInt(4);
      int entries = tiff.getShort(directory) & 0xffff;
      for (int i = 0, at = directory + 2; i < entries; i++, at += 12) {
        if ((tiff.getShort(at) & 0xffff) == TAG && tiff.getShort(at + 2) == SHORT) {
          int value = tiff.getShort(at + 8);
          return value >= 1 && value <= 8 ? value : UPRIGHT;
        }
      }
    } catch (IndexOutOfBoundsException e) {
      // Cut short: as if it were not there.
    }
    return UPRIGHT;
  }

  /** Turns a picture upright. */
  static Pixels upright(Pixels picture, int orientation) {
    int height = picture.height();
    int width = picture.width();
    int last = height * width - 1;
    return switch (orientation) {
      case 2 -> turned(picture, height, width, width - 1, width, -1);
      case 3 -> turned(picture, height, width, last, -width, -1);
      case 4 -> turned(picture, height, width, last - width + 1, -width, 1);
      case 5 -> turned(picture, width, height, 0, 1, width);
      case 6 -> turned(picture, width, height, last - width + 1, 1, -width);
      case 7 -> turned(picture, width, height, last, -1, -width);
      case 8 -> turned(picture, width, height, width - 1, -1, width);
      default -> picture;
    };
  }

  /** Pixel (y, x) comes from position {@code start + y · down + x · right} of the source. */
  private static Pixels turned(
      Pixels source, int height, int width, int start, int down, int right) {
    int channels = source.channels();
    byte[] from = source.raw();
    byte[] to = new byte[from.length];
    for (int y = 0, at = 0; y < height; y++) {
      int position = start + y * down;
      for (int x = 0; x < width; x++, position += right) {
        for (int c = 0; c < channels; c++) {
          to[at++] = from[position * channels + c];
        }
      }
    }
    return Pixels.owning(1, height, width, channels, to);
  }

  /** Some writers repeat JPEG's prefix. */
  private static ByteBuffer withoutPrefix(ByteBuffer exif) {
    boolean prefixed = exif.limit() > 6 && exif.get(0) == 'E' && exif.get(1) == 'x';
    return prefixed ? exif.slice(6, exif.limit() - 6) : exif;
  }
}
