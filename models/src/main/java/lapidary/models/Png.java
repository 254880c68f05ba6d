package lapidary.models;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files of images in memory; {@link ImageInput#decode} reads them back unchanged. Stateless, thread-safe. */
public final class Png {
  private Png() {}

  /** One image of a batch, grey or RGB, as the bytes of a PNG file. */
  public static byte[] of(Pixels pixels, int image) {
    return encode(toImage(pixels, image));
  }

  /** A picture as the bytes of a PNG file. */
  public static byte[] encode(BufferedImage picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // In memory: ImageIO by itself goes through a file in the folder of temporary files.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(picture, "png", stream)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return out.toByteArray();
  }

  private static BufferedImage toImage(Pixels pixels, int image) {
    int type = pixels.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage picture = new BufferedImage(pixels.width(), pixels.height(), type);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        for (int channel = 0; channel < pixels.channels(); channel++) {
          picture.getRaster().setSample(x, y, channel, pixels.at(image, y, x, channel));
        }
      }
    }
    return picture;
  }
}
