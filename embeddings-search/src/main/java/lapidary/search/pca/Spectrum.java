package lapidary.search.pca;

import java.util.Arrays;
import lapidary.models.InvalidInputException;

/**
 * Eigenvalues of a symmetric matrix of second moments, falling, and the eigenvectors of as many of them as are asked for: the matrix
 * is made tridiagonal once, so that a few vectors cost little more than the values. Not thread-safe.
 */
final class Spectrum {
  /** Below this share of the largest, a variance is rounding noise that a division would blow up. */
  static final double NOISE = 1e-12;

  private final Tridiagonal tridiagonal;
  /** As the tridiagonal matrix has them: scaled, and a little below zero where rounding pushes an empty direction. */
  private final double[] exact;

  private final double[] values;

  private Spectrum(Tridiagonal tridiagonal, double unit, double noise) {
    this.tridiagonal = tridiagonal;
    this.exact = TridiagonalValues.of(tridiagonal.diagonal(), tridiagonal.offDiagonal());
    double least = Math.max(0, exact[0] * noise);
    this.values = Arrays.stream(exact).map(v -> v > least ? v * unit : 0).toArray();
  }

  /** @param matrix symmetric, [n, n], exact but for the rounding of double precision; taken over */
  static Spectrum of(double[][] matrix) {
    return of(matrix, 0);
  }

  /**
   * The same of sums that are less exact.
   *
   * @param matrix symmetric, [n, n]; taken over
   * @param noise the share of the largest value up to which a value may be nothing but rounding; such a value is 0
   */
  static Spectrum of(double[][] matrix, double noise) {
    double scale = scale(matrix);
    for (double[] row : matrix) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= scale;
      }
    }
    return new Spectrum(Tridiagonal.of(matrix), 1 / scale, noise);
  }

  /** A power of two that brings the largest entry near 1, so that no square of an entry that matters is out of range. */
  private static double scale(double[][] matrix) {
    double largest = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        if (!Double.isFinite(value)) {
          throw new InvalidInputException(
              "the variances of the columns are too large for a number; scale the columns down");
        }
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest < Double.MIN_NORMAL ? 1 : Math.scalb(1., -Math.getExponent(largest));
  }

  /** The largest eigenvalue with index 0, none below zero. */
  double value(int index) {
    return values[index];
  }

  /** The first eigenvalues. */
  double[] values(int count) {
    return Arrays.copyOf(values, count);
  }

  /** The unit eigenvectors of the first values, the columns of [n, count]; their signs are any. */
  double[][] vectors(int count) {
    double[][] vectors = transposed(
        InverseIteration.vectors(tridiagonal.diagonal(), tridiagonal.offDiagonal(), exact, count));
    tridiagonal.back(vectors);
    return vectors;
  }

  /** How many values are more than rounding noise. */
  int rank() {
    double noise = values[0] * NOISE;
    return (int) Arrays.stream(values).filter(v -> v > noise).count();
  }

  /** How many of the first {@code most} values add up to {@code wanted}; one more than that if all do not. */
  int reaching(double wanted, int most) {
    double sum = 0;
    for (int k = 0; k < most; k++) {
      sum += values[k];
      if (sum >= wanted) {
        return k + 1;
      }
    }
    return most + 1;
  }

  /** The columns of [n, count] as axes, [count, n], each pointed. */
  static double[][] axes(double[][] columns) {
    double[][] axes = transposed(columns);
    for (double[] axis : axes) {
      pointed(axis);
    }
    return axes;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] result = new double[rows[0].length][rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < result.length; c++) {
        result[c][r] = rows[r][c];
      }
    }
    return result;
  }

  /** Turns an axis so that its entry of largest magnitude (the first of equals) is positive, which makes fits repeatable. */
  static void pointed(double[] axis) {
    int largest = 0;
    for (int i = 1; i < axis.length; i++) {
      if (Math.abs(axis[i]) > Math.abs(axis[largest])) {
        largest = i;
      }
    }
    double sign = Math.signum(axis[largest]);
    for (int i = 0; i < axis.length; i++) {
      axis[i] *= sign;
    }
  }
}
