package lapidary.search.embed;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import lapidary.models.Pixels;

/** Pictures of one grey each, 2 rows of 3. */
final class Greys {
  private Greys() {}

  /** Pictures of the greys 0 to {@code count} − 1, by that name. */
  static Iterator<Picture> stream(int count) {
    return IntStream.range(0, count).mapToObj(Greys::picture).iterator();
  }

  static Picture picture(int value) {
    byte grey = (byte) value;
    return Picture.of(
        "" + value, "grey", Pixels.of(1, 2, 3, 1, new byte[] {grey, grey, grey, grey, grey, grey}));
  }

  /** A PNG file, its folder included. */
  static void write(Path file, int value) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 2, new int[] {value, value, value, value, value, value});
    ImageIO.write(image, "png", file.toFile());
  }
}
