package lapidary.search.http;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import lapidary.models.ImageInput;
import lapidary.models.Normalization;
import lapidary.search.ImageEmbedder;

/** A "model" whose features are an image's six grey values, 2 rows of 3, through the real decoding rules. */
final class GreyEmbedder implements ImageEmbedder {
  static final int WIDTH = 6;

  private final ImageInput input = ImageInput.flatGrey(2, 3, Normalization.unit());
  private final String sha256;
  private final Runnable before;

  /** Runs {@code before} on the worker before each image. */
  GreyEmbedder(String sha256, Runnable before) {
    this.sha256 = sha256;
    this.before = before;
  }

  @Override
  public String modelSha256() {
    return sha256;
  }

  @Override
  public String output() {
    return "features";
  }

  @Override
  public float[] embed(byte[] encoded, String source) {
    before.run();
    return input.toNetwork(input.decode(encoded, source));
  }

  /** A PNG of these grey values, 2 rows of 3. */
  static byte[] png(int... greys) {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 2, greys);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
