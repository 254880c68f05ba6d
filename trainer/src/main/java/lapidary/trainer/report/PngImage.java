package lapidary.trainer.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import lapidary.models.Pixels;

/** PNG bytes of images in memory. */
final class PngImage {
  private PngImage() {}

  static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return out.toByteArray();
  }

  /** One image of a batch, grey or RGB, as a {@code data:} address. */
  static String dataUri(Pixels pixels, int image) {
    return "data:image/png;base64,"
        + Base64.getEncoder().encodeToString(encode(toImage(pixels, image)));
  }

  private static BufferedImage toImage(Pixels pixels, int image) {
    boolean grey = pixels.channels() == 1;
    BufferedImage picture = new BufferedImage(
        pixels.width(),
        pixels.height(),
        grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
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
