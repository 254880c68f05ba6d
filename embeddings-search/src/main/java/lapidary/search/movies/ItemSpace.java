package lapidary.search.movies;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Directions of vectors and the angles between them. A zero vector has no direction: its cosine with any other is 0. Immutable. */
final class ItemSpace {
  private final float[][] units;

  private ItemSpace(float[][] units) {
    this.units = units;
  }

  /** The directions of vectors, [n, d]. */
  static ItemSpace of(float[][] vectors) {
    return new ItemSpace(Arrays.stream(vectors).map(ItemSpace::unit).toArray(float[][]::new));
  }

  double cosine(int a, int b) {
    return dot(units[a], units[b]);
  }

  /** The {@code n} of {@code candidates} nearest to {@code row}, itself left out; of equally near ones the earlier. */
  int[] nearest(int row, int n, int[] candidates) {
    double[] cosines = new double[units.length];
    for (int candidate : candidates) {
      cosines[candidate] = cosine(row, candidate);
    }
    return IntStream.of(candidates)
        .filter(candidate -> candidate != row)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -cosines[i]))
        .limit(n)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The mean share, over {@code rows}, of the {@code n} nearest of them that are among the n nearest in {@code other} too. */
  double shareKept(ItemSpace other, int[] rows, int n) {
    return IntStream.of(rows)
        .parallel()
        .mapToDouble(row -> overlap(nearest(row, n, rows), other.nearest(row, n, rows)))
        .average()
        .orElse(Double.NaN);
  }

  private static double overlap(int[] mine, int[] theirs) {
    long kept = IntStream.of(mine)
        .filter(i -> IntStream.of(theirs).anyMatch(j -> i == j))
        .count();
    return (double) kept / mine.length;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[] unit(float[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length && length > 0; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }
}
