package lapidary.search.space;

import java.util.Arrays;

/**
 * Puts items among those that have places: each at the mean of its {@value #NEAREST} nearest, by Euclidean distance, weighted by the inverse
 * of its square. Immutable, thread-safe.
 */
final class SampledPlaces {
  static final int NEAREST = 3;

  /** Keeps the weight of an equal row finite, and far above all others. */
  private static final float NOTHING = 1e-12f;

  private final float[][] rows;
  private final float[][] places;

  /**
   * Takes over rows and their places.
   *
   * @param rows [items][columns], at least {@value #NEAREST}
   * @param places [items][{@value Layout#AXES}]
   */
  SampledPlaces(float[][] rows, float[][] places) {
    this.rows = rows;
    this.places = places;
  }

  /** The place of a row, [{@value Layout#AXES}]. */
  float[] of(float[] row) {
    int[] nearest = new int[NEAREST];
    float[] distances = new float[NEAREST];
    Arrays.fill(distances, Float.POSITIVE_INFINITY);
    for (int i = 0; i < rows.length; i++) {
      float distance = squared(row, rows[i]);
      if (distance < distances[NEAREST - 1]) {
        insert(nearest, distances, i, distance);
      }
    }
    return mean(nearest, distances);
  }

  private static void insert(int[] nearest, float[] distances, int item, float distance) {
    int at = NEAREST - 1;
    for (; at > 0 && distances[at - 1] > distance; at--) {
      nearest[at] = nearest[at - 1];
      distances[at] = distances[at - 1];
    }
    nearest[at] = item;
    distances[at] = distance;
  }

  private static float squared(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      float difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  private float[] mean(int[] nearest, float[] distances) {
    double[] sum = new double[Layout.AXES];
    double weights = 0;
    for (int k = 0; k < NEAREST; k++) {
      double weight = 1 / (distances[k] + (double) NOTHING);
      weights += weight;
      for (int axis = 0; axis < Layout.AXES; axis++) {
        sum[axis] += weight * places[nearest[k]][axis];
      }
    }
    float[] place = new float[Layout.AXES];
    for (int axis = 0; axis < Layout.AXES; axis++) {
      place[axis] = (float) (sum[axis] / weights);
    }
    return place;
  }
}
