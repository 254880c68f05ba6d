package lapidary.search;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.store.Item;

/** Made-up vectors and the brute force that judges answers about them. */
public final class Samples {
  public static final String SHA256 = "0123456789abcdef".repeat(4);

  private Samples() {}

  public static float[][] gaussian(long seed, int count, int width) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** Row i lies near centre i modulo {@code clusters}; only the first {@code informative} columns tell centres apart. */
  public static float[][] clusters(
      long seed, int count, int width, int clusters, int informative, double noise) {
    float[][] centres = gaussian(seed, clusters, informative);
    float[][] rows = gaussian(seed + 1, count, width);
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < width; i++) {
        rows[r][i] *= (float) noise;
        rows[r][i] += i < informative ? 3 * centres[r % clusters][i] : 0;
      }
    }
    return rows;
  }

  public static List<String> clusterLabels(int count, int clusters) {
    return IntStream.range(0, count).mapToObj(i -> "class-" + i % clusters).toList();
  }

  public static List<Item> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> Item.of("item-" + i)).toList();
  }

  /** Makes a closed collection of 20 items, reduced from 9 columns to 5; gives its folder. */
  static Path collection(Path folder) {
    Pca pca = Pca.fit(gaussian(3, 20, 9), PcaOptions.keeping(5));
    try (Collection collection = Collection.create(folder, spec("sample", pca))) {
      collection.add(items(20), gaussian(4, 20, 9));
      collection.commit();
    }
    return folder;
  }

  public static CollectionSpec spec(String name, int width) {
    return new CollectionSpec(
        name, new IndexedModel(SHA256, Optional.empty(), "features", width), Optional.empty());
  }

  public static CollectionSpec spec(String name, Pca pca) {
    return new CollectionSpec(
        name,
        new IndexedModel(SHA256, Optional.of("models/nn.onnx"), "features", pca.inputs()),
        Optional.of(pca));
  }

  /** A PNG with a bright upper left quarter on black. */
  public static byte[] png(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width / 2 * (height / 2); i++) {
      image.setRGB(i % (width / 2), i / (width / 2), 0xffe0c0);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return aa == 0 || bb == 0 ? 0 : dot / Math.sqrt(aa * bb);
  }

  /** Indices of the k rows of highest cosine, in double precision. */
  public static List<Integer> nearest(float[][] rows, float[] query, int k) {
    double[] scores = Arrays.stream(rows).mapToDouble(row -> cosine(row, query)).toArray();
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, rows.length).boxed().toList());
    order.sort(Comparator.comparingDouble((Integer i) -> -scores[i]));
    return List.copyOf(order.subList(0, k));
  }
}
