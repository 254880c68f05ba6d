package lapidary.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads the images of an idx file, gzipped. Stateless. */
final class IdxImages {
  private static final int MAGIC = 0x803;

  private IdxImages() {}

  /** Pixels / 255, [images, height · width]. */
  static float[][] read(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
      if (in.readInt() != MAGIC) {
        throw new IOException(
            file + " is not an idx file of images; give train-images-idx3-ubyte.gz");
      }
      float[][] images = new float[in.readInt()][];
      byte[] pixels = new byte[in.readInt() * in.readInt()];
      for (int i = 0; i < images.length; i++) {
        in.readFully(pixels);
        images[i] = new float[pixels.length];
        for (int p = 0; p < pixels.length; p++) {
          images[i][p] = (pixels[p] & 0xff) / 255f;
        }
      }
      return images;
    }
  }
}
