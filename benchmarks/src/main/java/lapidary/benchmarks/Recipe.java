package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;
import lapidary.runtime.device.Device;
import lapidary.search.pca.FiniteVector;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;

/** Unit vectors of {@value #DIMENSIONS} values to search, the same for a seed everywhere. Stateless. */
final class Recipe {
  static final int DIMENSIONS = 64;

  private static final int BATCH = 500;
  private static final int CLUSTERS = 200;
  /** How far rows lie from their centre, in parts of how far centres lie from the origin. */
  private static final double SPREAD = .6;

  private Recipe() {}

  /** PCA of the pixels of an idx file of images, such as {@code train-images-idx3-ubyte.gz} of Fashion-MNIST. */
  static float[][] pixels(Path idx) throws IOException {
    float[][] images = IdxImages.read(idx);
    return Pca.fit(images, PcaOptions.keeping(DIMENSIONS)).embed(images);
  }

  /** PCA of what a model makes of the same images, such as {@code mnist-nn --hidden 512}. */
  static float[][] features(Path idx, Path model) throws IOException {
    Pixels images = IdxImages.pixels(idx);
    float[][] features = new float[images.count()][];
    try (Embedder embedder = Embedder.open(model, Device.cpu(1))) {
      for (int from = 0; from < features.length; from += BATCH) {
        int to = Math.min(features.length, from + BATCH);
        float[][] part = embedder.embed(images.slice(from, to));
        System.arraycopy(part, 0, features, from, part.length);
      }
    }
    return Pca.fit(features, PcaOptions.keeping(DIMENSIONS)).embed(features);
  }

  /** Clusters whose variances fall from dimension to dimension as after PCA: 1 / (1 + d). */
  static float[][] falling(long seed, int count) {
    return clustered(seed, count, d -> 1 / Math.sqrt(1 + d));
  }

  /** Clusters whose variances are the same in all dimensions. */
  static float[][] equal(long seed, int count) {
    return clustered(seed, count, d -> 1);
  }

  private static float[][] clustered(long seed, int count, IntToDoubleFunction deviation) {
    double[] deviations = IntStream.range(0, DIMENSIONS).mapToDouble(deviation).toArray();
    Random random = new Random(seed);
    double[][] centres = new double[CLUSTERS][];
    Arrays.setAll(centres, c -> point(random, deviations));
    float[][] rows = new float[count][];
    Arrays.setAll(rows, r -> near(centres[random.nextInt(CLUSTERS)], point(random, deviations)));
    return rows;
  }

  private static double[] point(Random random, double[] deviations) {
    return Arrays.stream(deviations).map(each -> each * random.nextGaussian()).toArray();
  }

  private static float[] near(double[] centre, double[] offset) {
    float[] row = new float[centre.length];
    for (int d = 0; d < row.length; d++) {
      row[d] = (float) (centre[d] + SPREAD * offset[d]);
    }
    return FiniteVector.unit(row);
  }
}
