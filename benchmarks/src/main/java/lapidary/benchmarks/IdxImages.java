package lapidary.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import lapidary.models.Pixels;

/** Reads the images of an idx file, gzipped. Stateless. */
final class IdxImages {
  private static final int MAGIC = 0x803;

  private IdxImages() {}

  /** Pixels / 255, [images, height · width]. */
  static float[][] read(Path file) throws IOException {
    Pixels all = pixels(file);
    byte[] bytes = all.bytes();
    float[][] images = new float[all.count()][bytes.length / all.count()];
    for (int i = 0; i < bytes.length; i++) {
      float[] image = images[i / images[0].length];
      image[i % image.length] = (bytes[i] & 0xff) / 255f;
    }
    return images;
  }

  /** The images themselves. */
  static Pixels pixels(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
      if (in.readInt() != MAGIC) {
        throw new IOException(
            file + " is not an idx file of images; give train-images-idx3-ubyte.gz");
      }
      int count = in.readInt();
      int height = in.readInt();
      int width = in.readInt();
      byte[] bytes = new byte[count * height * width];
      in.readFully(bytes);
      return Pixels.of(count, height, width, 1, bytes);
    }
  }
}
