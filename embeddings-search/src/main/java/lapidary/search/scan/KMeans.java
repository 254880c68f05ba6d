package lapidary.search.scan;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Spherical k-means (Dhillon and Modha 2001) on a sample of the rows: centres of cells. The sample and the first centres are every
 * so-manieth row, so that the same rows give the same centres. Stateless.
 */
final class KMeans {
  private static final int SAMPLE = 20_000;
  private static final int ROUNDS = 8;

  private KMeans() {}

  /** Centres of length 1, or 0 where rows cancel out, [count, dimensions]. */
  static float[][] centres(RowMajor vectors, int count) {
    int[] sample = spread(vectors.size(), Math.max(SAMPLE, 16 * count));
    float[][] centres = Arrays.stream(spread(sample.length, count))
        .mapToObj(i -> vectors.row(sample[i]))
        .toArray(float[][]::new);
    for (int round = 0; round < ROUNDS; round++) {
      centres = means(vectors, sample, nearest(vectors, sample, centres), centres);
    }
    return centres;
  }

  /** At most {@code wanted} of the numbers below {@code count}, evenly spread. */
  static int[] spread(int count, int wanted) {
    int most = Math.min(count, wanted);
    return IntStream.range(0, most).map(i -> (int) ((long) i * count / most)).toArray();
  }

  /** The centre with the highest product for each of the rows. */
  static int[] nearest(RowMajor vectors, int[] rows, float[][] centres) {
    float[][] columns = new float[vectors.dimensions()][centres.length];
    for (int c = 0; c < centres.length; c++) {
      for (int d = 0; d < columns.length; d++) {
        columns[d][c] = centres[c][d];
      }
    }
    return Arrays.stream(rows)
        .parallel()
        .map(row -> nearest(vectors.row(row), columns))
        .toArray();
  }

  private static int nearest(float[] row, float[][] columns) {
    float[] scores = new float[columns[0].length];
    Kernel.add(scores, columns, row, 0, columns.length);
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      if (scores[c] > scores[best]) {
        best = c;
      }
    }
    return best;
  }

  private static float[][] means(RowMajor vectors, int[] rows, int[] nearest, float[][] centres) {
    double[][] sums = new double[centres.length][vectors.dimensions()];
    int[] counts = new int[centres.length];
    for (int i = 0; i < rows.length; i++) {
      counts[nearest[i]]++;
      float[] row = vectors.row(rows[i]);
      double[] sum = sums[nearest[i]];
      for (int d = 0; d < row.length; d++) {
        sum[d] += row[d];
      }
    }
    return IntStream.range(0, centres.length)
        .mapToObj(c -> counts[c] == 0 ? centres[c] : direction(sums[c]))
        .toArray(float[][]::new);
  }

  private static float[] direction(double[] sum) {
    double length = Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
    float[] direction = new float[sum.length];
    for (int d = 0; d < direction.length && length > 0; d++) {
      direction[d] = (float) (sum[d] / length);
    }
    return direction;
  }
}
