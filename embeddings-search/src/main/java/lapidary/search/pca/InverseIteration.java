package lapidary.search.pca;

import java.util.Random;
import lapidary.models.InvalidInputException;

/**
 * Unit eigenvectors of a symmetric tridiagonal matrix T for known eigenvalues, each by solving (T − λ)·y = x again and again
 * (Wilkinson 1965, §5.53). Vectors whose eigenvalues lie close are kept orthogonal to each other. Starts from a fixed seed. Used once.
 */
final class InverseIteration {
  private static final long SEED = 20_011;
  private static final int MAX_ROUNDS = 12;
  /** Eigenvalues closer than this share of the matrix's norm belong to one cluster. */
  private static final double CLOSE = 1e-3;
  /** The largest |T·y − λ·y| of an answer, as a share of the matrix's norm. */
  private static final double SETTLED = 1e-13;

  private final double[] diagonal;
  private final double[] offDiagonal;
  private final int size;
  private final double norm;
  private final Random random = new Random(SEED);

  /** The upper triangle after elimination, three diagonals, and what each step of it took. */
  private final double[] first;

  private final double[] second;
  private final double[] third;
  private final double[] factor;
  private final boolean[] swapped;

  private InverseIteration(double[] diagonal, double[] offDiagonal) {
    this.size = diagonal.length;
    this.diagonal = diagonal;
    this.offDiagonal = offDiagonal;
    this.norm = norm(diagonal, offDiagonal);
    this.first = new double[size];
    this.second = new double[size];
    this.third = new double[size];
    this.factor = new double[size];
    this.swapped = new boolean[size];
  }

  /**
   * One vector a value, [count, n].
   *
   * @param diagonal [n]
   * @param offDiagonal [n − 1]
   * @param values eigenvalues, falling
   * @param count how many of them
   */
  static double[][] vectors(double[] diagonal, double[] offDiagonal, double[] values, int count) {
    InverseIteration iteration = new InverseIteration(diagonal, offDiagonal);
    double[][] vectors = new double[count][];
    int cluster = 0;
    for (int k = 0; k < count; k++) {
      if (k > 0 && values[k - 1] - values[k] > CLOSE * iteration.norm) {
        cluster = k;
      }
      vectors[k] = iteration.vector(values[k], vectors, cluster, k);
    }
    return vectors;
  }

  /** The largest sum of magnitudes of a row; 1 of a matrix of zeros. */
  private static double norm(double[] diagonal, double[] offDiagonal) {
    double norm = 0;
    for (int i = 0; i < diagonal.length; i++) {
      double before = i == 0 ? 0 : Math.abs(offDiagonal[i - 1]);
      double after = i == offDiagonal.length ? 0 : Math.abs(offDiagonal[i]);
      norm = Math.max(norm, before + Math.abs(diagonal[i]) + after);
    }
    return norm == 0 ? 1 : norm;
  }

  private double[] vector(double value, double[][] others, int from, int end) {
    eliminate(value);
    double[] vector = new double[size];
    for (int i = 0; i < size; i++) {
      vector[i] = random.nextGaussian();
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      scale(vector);
      solve(vector);
      scale(vector);
      leaveOut(vector, others, from, end);
      if (round > 0 && residual(vector, value) <= SETTLED * norm) {
        return vector;
      }
    }
    throw new InvalidInputException(
        "the axes of the covariance matrix do not converge; scale the columns to similar ranges");
  }

  /** Takes T − λ apart with row exchanges (Golub, Van Loan 2013, §4.3); a pivot of zero becomes a very small one. */
  private void eliminate(double value) {
    double smallest = Math.ulp(norm);
    double pivot = diagonal[0] - value;
    double right = size > 1 ? offDiagonal[0] : 0;
    for (int i = 0; i < size - 1; i++) {
      double below = offDiagonal[i];
      double nextPivot = diagonal[i + 1] - value;
      double nextRight = i + 1 < size - 1 ? offDiagonal[i + 1] : 0;
      swapped[i] = Math.abs(below) > Math.abs(pivot);
      if (swapped[i]) {
        factor[i] = pivot / below;
        set(i, below, nextPivot, nextRight);
        pivot = right - factor[i] * nextPivot;
        right = -factor[i] * nextRight;
      } else {
        double safe = Math.abs(pivot) < smallest ? smallest : pivot;
        factor[i] = below / safe;
        set(i, safe, right, 0);
        pivot = nextPivot - factor[i] * right;
        right = nextRight;
      }
    }
    set(size - 1, Math.abs(pivot) < smallest ? smallest : pivot, 0, 0);
  }

  private void set(int i, double on, double beside, double beyond) {
    first[i] = on;
    second[i] = beside;
    third[i] = beyond;
  }

  private void solve(double[] x) {
    for (int i = 0; i < size - 1; i++) {
      if (swapped[i]) {
        double upper = x[i];
        x[i] = x[i + 1];
        x[i + 1] = upper;
      }
      x[i + 1] -= factor[i] * x[i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double next = i + 1 < size ? second[i] * x[i + 1] : 0;
      double afterNext = i + 2 < size ? third[i] * x[i + 2] : 0;
      x[i] = (x[i] - next - afterNext) / first[i];
    }
  }

  /** Twice, as once leaves rounding errors behind where little of the vector remains. */
  private static void leaveOut(double[] vector, double[][] others, int from, int end) {
    for (int pass = 0; pass < 2 && from < end; pass++) {
      for (int other = from; other < end; other++) {
        LinearSum.addOne(vector, 0, -LinearSum.dot(vector, others[other]), others[other]);
      }
      scale(vector);
    }
  }

  private static void scale(double[] vector) {
    double largest = 0;
    for (double entry : vector) {
      largest = Math.max(largest, Math.abs(entry));
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= largest;
    }
    double length = Math.sqrt(LinearSum.dot(vector, vector));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
  }

  private double residual(double[] vector, double value) {
    double worst = 0;
    for (int i = 0; i < size; i++) {
      double before = i == 0 ? 0 : offDiagonal[i - 1] * vector[i - 1];
      double after = i == size - 1 ? 0 : offDiagonal[i] * vector[i + 1];
      worst = Math.max(worst, Math.abs(before + (diagonal[i] - value) * vector[i] + after));
    }
    return worst;
  }
}
