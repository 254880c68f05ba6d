package lapidary.search.store;

import java.awt.image.BufferedImage;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Png;

/**
 * How large small pictures are, and how they are made: the aspect ratio kept, bilinear with antialiasing, never enlarged. A picture
 * that need not shrink is PNG, to the pixel, unless that takes more bytes than JPEG; what shrinks is JPEG. Immutable, thread-safe.
 *
 * @param side the longest side, in pixels, {@value #LEAST} to {@value #MOST}
 */
public record ThumbnailSize(int side) {
  /** The smallest side that tells anything. */
  public static final int LEAST = 16;
  /** The largest side. */
  public static final int MOST = 1024;
  /** 256 pixels: enough for a large view, about 15 kB of a photo. */
  public static final ThumbnailSize USUAL = new ThumbnailSize(256);

  /** Of pictures up to this side the pixels count more than the bytes. */
  private static final int TO_THE_PIXEL = 96;

  /** To compress a picture of at most so many values takes longer than to embed it, and saves some hundred bytes. */
  private static final int TINY = 32 * 32 * 3;

  /** Refuses sides out of range. */
  public ThumbnailSize {
    if (side < LEAST || side > MOST) {
      throw new InvalidInputException("small pictures of " + side
          + " pixels cannot be made; give a longest side of " + LEAST + " to " + MOST);
    }
  }

  /**
   * Makes the small picture of an image.
   *
   * @param image a PNG, JPEG, GIF, BMP or WebP file's bytes
   * @param source what to call the image in an error
   * @throws InvalidInputException if the bytes are not an image
   */
  public Thumbnail of(byte[] image, String source) {
    return of(Pixels.decode(image, source, 3, side));
  }

  /**
   * Makes the small picture of one that is decoded.
   *
   * @param picture one image of 3 channels
   * @throws InvalidInputException if it is none or several
   */
  public Thumbnail of(Pixels picture) {
    int longest = Math.max(picture.height(), picture.width());
    if (longest <= side) {
      return unchanged(picture);
    }
    double scale = (double) side / longest;
    Pixels small = picture.resized(
        new Pixels.Box(0, 0, picture.height(), picture.width()),
        pixels(picture.height() * scale),
        pixels(picture.width() * scale));
    return new Thumbnail(Thumbnail.encoded(image(small), "jpeg"));
  }

  /** The small picture of one image of a batch, of 1 or 3 channels. */
  public Thumbnail of(Pixels pictures, int image) {
    if (pictures.height() * pictures.width() * pictures.channels() <= TINY) {
      return new Thumbnail(Png.stored(pictures, image));
    }
    byte[] png = Png.of(pictures, image);
    return Math.max(pictures.height(), pictures.width()) <= Math.min(side, TO_THE_PIXEL)
        ? new Thumbnail(png)
        : of(png, "the image");
  }

  private static Thumbnail unchanged(Pixels picture) {
    BufferedImage image = image(picture);
    byte[] png = Thumbnail.encoded(image, "png");
    if (Math.max(picture.height(), picture.width()) <= TO_THE_PIXEL) {
      return new Thumbnail(png);
    }
    byte[] jpeg = Thumbnail.encoded(image, "jpeg");
    return new Thumbnail(png.length <= jpeg.length ? png : jpeg);
  }

  private static int pixels(double length) {
    return (int) Math.max(1, Math.round(length));
  }

  private static BufferedImage image(Pixels pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        int rgb = pixels.at(0, y, x, 0) << 16 | pixels.at(0, y, x, 1) << 8 | pixels.at(0, y, x, 2);
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }
}
