package lapidary.search.pca;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import lapidary.models.InvalidInputException;

/**
 * All eigenvalues of a symmetric tridiagonal matrix, without vectors, by implicit QL steps with Wilkinson's shift (Golub, Van Loan
 * 2013, §8.3.3-8.3.5): n² rotations or so. Errors are roundings of the largest value. Used once.
 */
final class TridiagonalValues {
  private static final int MAX_STEPS = 60;

  private final double[] diagonal;
  /** [n], the last is 0. */
  private final double[] offDiagonal;

  /** An entry off the diagonal that changes no value by more than a rounding of the largest. */
  private final double negligible;

  private TridiagonalValues(double[] diagonal, double[] offDiagonal) {
    this.diagonal = diagonal;
    this.offDiagonal = Arrays.copyOf(offDiagonal, diagonal.length);
    double largest = DoubleStream.concat(Arrays.stream(diagonal), Arrays.stream(offDiagonal))
        .map(Math::abs)
        .max()
        .orElse(0);
    this.negligible = Math.ulp(largest) / 2;
  }

  /**
   * The eigenvalues, falling, [n].
   *
   * @param diagonal [n], taken over
   * @param offDiagonal [n − 1]
   */
  static double[] of(double[] diagonal, double[] offDiagonal) {
    TridiagonalValues values = new TridiagonalValues(diagonal, offDiagonal);
    for (int from = 0; from < diagonal.length; from++) {
      values.isolate(from);
    }
    Arrays.sort(diagonal);
    for (int i = 0, j = diagonal.length - 1; i < j; i++, j--) {
      double smaller = diagonal[i];
      diagonal[i] = diagonal[j];
      diagonal[j] = smaller;
    }
    return diagonal;
  }

  private void isolate(int from) {
    for (int step = 0; ; step++) {
      int end = blockEnd(from);
      if (end == from) {
        return;
      }
      if (step == MAX_STEPS) {
        throw new InvalidInputException(
            "the eigenvalues of the covariance matrix do not converge; scale the columns to similar ranges");
      }
      chase(from, end);
    }
  }

  /** The last row of the part that hangs together with {@code from}. */
  private int blockEnd(int from) {
    int end = from;
    while (end < diagonal.length - 1) {
      if (Math.abs(offDiagonal[end]) <= negligible) {
        break;
      }
      end++;
    }
    return end;
  }

  /** One QL step over rows {@code from} to {@code end}: the shift's bulge is chased upward by rotations. */
  private void chase(int from, int end) {
    double half = (diagonal[from + 1] - diagonal[from]) / (2 * offDiagonal[from]);
    double root = Math.copySign(Math.hypot(half, 1), half);
    double along = diagonal[end] - diagonal[from] + offDiagonal[from] / (half + root);
    double sine = 1;
    double cosine = 1;
    double taken = 0;
    for (int i = end - 1; i >= from; i--) {
      double bulge = sine * offDiagonal[i];
      double kept = cosine * offDiagonal[i];
      double length = Math.sqrt(bulge * bulge + along * along);
      offDiagonal[i + 1] = length;
      if (length == 0) {
        diagonal[i + 1] -= taken;
        offDiagonal[end] = 0;
        return;
      }
      sine = bulge / length;
      cosine = along / length;
      double base = diagonal[i + 1] - taken;
      double turned = (diagonal[i] - base) * sine + 2 * cosine * kept;
      taken = sine * turned;
      diagonal[i + 1] = base + taken;
      along = cosine * turned - kept;
    }
    diagonal[from] -= taken;
    offDiagonal[from] = along;
    offDiagonal[end] = 0;
  }
}
