package lapidary.trainer.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import lapidary.models.AtomicFile;

/**
 * Makes the embedded {@code fashion-mnist-sample} from the whole of Fashion-MNIST: in each class every 20th training image and
 * every 10th test image, in the order of publication. Run {@link #main} with the folder of the whole set and a target folder.
 */
final class FashionSample {
  private FashionSample() {}

  /** Arguments: the folder of Fashion-MNIST's four idx files, the folder to write the sample's four files to. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[1]);
    IdxFolder whole = new IdxFolder(Path.of(arguments[0]));
    write(thin(whole.read("train").images(), 20), target, "train");
    write(thin(whole.read("t10k").images(), 10), target, "t10k");
  }

  /** The first of every {@code step} images of each class. */
  static LabelledImages thin(LabelledImages whole, int step) {
    int[] seen = new int[256];
    int[] chosen = IntStream.range(0, whole.count())
        .filter(image -> seen[whole.label(image)]++ % step == 0)
        .toArray();
    return select(whole, chosen);
  }

  private static LabelledImages select(LabelledImages whole, int[] chosen) {
    int height = whole.pixels().height();
    int width = whole.pixels().width();
    byte[] all = whole.pixels().bytes();
    ByteBuffer bytes = ByteBuffer.allocate(chosen.length * height * width);
    int[] labels = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      bytes.put(all, chosen[i] * height * width, height * width);
      labels[i] = whole.label(chosen[i]);
    }
    return LabelledImages.of(
        lapidary.models.Pixels.of(chosen.length, height, width, 1, bytes.array()), labels);
  }

  private static void write(LabelledImages images, Path folder, String split) {
    writeGzip(folder.resolve(split + "-images-idx3-ubyte.gz"), IdxBytes.images(images.pixels()));
    writeGzip(folder.resolve(split + "-labels-idx1-ubyte.gz"), IdxBytes.labels(images.labels()));
  }

  private static void writeGzip(Path file, byte[] content) {
    AtomicFile.write(file, out -> {
      try (OutputStream gzip = new BestGzip(out)) {
        gzip.write(content);
      }
    });
  }

  /** The smallest gzip stream that the platform writes. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
