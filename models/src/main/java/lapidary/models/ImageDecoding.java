package lapidary.models;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The one executor of {@link ImageInput}'s decode and resize rules. */
final class ImageDecoding {
  /** Above this many pixels an image is refused from its header, before memory is taken. */
  static final long MAX_PIXELS = 100_000_000L;

  private ImageDecoding() {}

  static Pixels decode(byte[] encoded, String source, ImageInput input) {
    BufferedImage image = read(encoded, source);
    return toPixels(resize(image, input.size()), input.size());
  }

  private static BufferedImage read(byte[] encoded, String source) {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new InvalidInputException(
            source + " is no image Lapidary can read; give a PNG, JPEG, GIF or BMP file");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        requireBounded(reader, source);
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new InvalidInputException(
          source + " is a damaged image: " + e.getMessage() + "; replace the file", e);
    }
  }

  private static void requireBounded(ImageReader reader, String source) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw new InvalidInputException(source + " has " + reader.getWidth(0) + "×"
          + reader.getHeight(0) + " pixels, more than " + MAX_PIXELS + "; make it smaller first");
    }
  }

  /** An image of the wanted size is only repainted into the wanted colour model, so its values stay what they are. */
  private static BufferedImage resize(BufferedImage image, ImageInput.Size size) {
    if (size.channels() == 1
        && image.getRaster().getNumBands() == 1
        && image.getWidth() == size.width()
        && image.getHeight() == size.height()) {
      return image;
    }
    BufferedImage rgb = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = rgb.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, size.width(), size.height(), Color.BLACK, null);
    } finally {
      graphics.dispose();
    }
    return rgb;
  }

  private static Pixels toPixels(BufferedImage image, ImageInput.Size size) {
    byte[] bytes = new byte[size.values()];
    boolean raw = image.getRaster().getNumBands() == 1;
    for (int y = 0, i = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        if (raw) {
          bytes[i++] = (byte) image.getRaster().getSample(x, y, 0);
        } else if (size.channels() == 1) {
          bytes[i++] = (byte) luma(image.getRGB(x, y));
        } else {
          int rgb = image.getRGB(x, y);
          bytes[i++] = (byte) (rgb >> 16);
          bytes[i++] = (byte) (rgb >> 8);
          bytes[i++] = (byte) rgb;
        }
      }
    }
    return Pixels.of(1, size.height(), size.width(), size.channels(), bytes);
  }

  /** ITU-R BT.601 luma of an RGB value, rounded: what most image libraries call grey. */
  private static int luma(int rgb) {
    return (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff) + 500) / 1000;
  }
}
