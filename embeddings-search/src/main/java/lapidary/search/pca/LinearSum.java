package lapidary.search.pca;

import java.util.stream.IntStream;

/** Sums of vectors with coefficients: the inner loop of projections and fits. Stateless. */
final class LinearSum {
  /** Rows of a product that share a loaded part of the factor. */
  private static final int GROUP = 16;
  /** Columns of that part. */
  private static final int PART = 512;

  private LinearSum() {}

  /** The product of two matrices, [n, m]·[m, k], spread over the processors. */
  static double[][] multiply(double[][] rows, double[][] factor) {
    double[][] product = new double[rows.length][factor[0].length];
    IntStream.rangeClosed(0, (rows.length - 1) / GROUP).parallel().forEach(group -> {
      int last = Math.min(rows.length, (group + 1) * GROUP);
      for (int part = 0; part < factor.length; part += PART) {
        for (int r = group * GROUP; r < last; r++) {
          add(product[r], rows[r], factor, part, Math.min(factor.length, part + PART));
        }
      }
    });
    return product;
  }

  /** {@code target += Σ coefficients[c] · vectors[c]} for c from {@code first} to {@code end} (exclusive), see {@link #addFrom}. */
  static void add(double[] target, double[] coefficients, double[][] vectors, int first, int end) {
    add(target, 0, coefficients, vectors, first, end);
  }

  /**
   * The same over all vectors, for the entries of {@code target} from {@code from} on. Four vectors at a time, so that one load
   * and store of the target does the work of four; over entries innermost, which the JIT compiler turns into SIMD instructions.
   */
  static void addFrom(double[] target, int from, double[] coefficients, double[][] vectors) {
    add(target, from, coefficients, vectors, 0, vectors.length);
  }

  /** Both: a range of the vectors, for the entries of {@code target} from {@code from} on. */
  static void add(
      double[] target, int from, double[] coefficients, double[][] vectors, int first, int end) {
    int c = first;
    for (; c + 4 <= end; c += 4) {
      addFour(target, from, coefficients, vectors, c);
    }
    for (; c < end; c++) {
      addOne(target, from, coefficients[c], vectors[c]);
    }
  }

  /** The inner product of two vectors of one width. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addFour(
      double[] target, int from, double[] coefficients, double[][] vectors, int c) {
    double[] p = vectors[c];
    double[] q = vectors[c + 1];
    double[] r = vectors[c + 2];
    double[] s = vectors[c + 3];
    double cp = coefficients[c];
    double cq = coefficients[c + 1];
    double cr = coefficients[c + 2];
    double cs = coefficients[c + 3];
    for (int j = from; j < target.length; j++) {
      target[j] += cp * p[j] + cq * q[j] + cr * r[j] + cs * s[j];
    }
  }

  /** {@code target += coefficient · vector}, for the entries from {@code from} on. */
  static void addOne(double[] target, int from, double coefficient, double[] vector) {
    for (int j = from; j < target.length; j++) {
      target[j] += coefficient * vector[j];
    }
  }
}
