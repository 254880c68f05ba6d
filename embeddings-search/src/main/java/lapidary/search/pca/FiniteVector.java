package lapidary.search.pca;

import lapidary.models.InvalidInputException;

/** What every vector that comes from outside has to be: of the right width, with finite values only. Stateless. */
public final class FiniteVector {
  private FiniteVector() {}

  /**
   * Refuses a vector of another width or with a value that is not a finite number.
   *
   * @param where what to call the vector in the sentence
   */
  public static void require(float[] vector, int width, String where) {
    if (vector.length != width) {
      throw new InvalidInputException(
          where + " has " + vector.length + " values; give exactly " + width);
    }
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new InvalidInputException(
            where + " has " + vector[i] + " at position " + i + "; give finite numbers only");
      }
    }
  }

  /** The inner product of two vectors of one width; of unit vectors their cosine. */
  public static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** The vector scaled to length 1; a zero vector has no direction and stays zero. */
  public static float[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float[] result = vector.clone();
    if (squares > 0) {
      double length = Math.sqrt(squares);
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) (result[i] / length);
      }
    }
    return result;
  }
}
