package lapidary.search.pca;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A symmetric matrix turned into a tridiagonal one of the same eigenvalues by Householder reflections (Golub, Van Loan 2013, §8.3.1).
 * Reflections are gathered and reach the matrix {@value #GATHERED} at a time, so that in between it is only read (Dongarra,
 * Sorensen, Hammarling 1989). Sums are in one order, so the digits do not depend on the number of processors. Not thread-safe.
 */
final class Tridiagonal {
  private static final int GATHERED = 16;
  /** Rows of a large matrix that one task multiplies. */
  private static final int PART = 256;
  /** From this many rows on, several processors pay. */
  private static final int LARGE = 512;

  private final int size;
  /** What is left of the matrix; of a finished row the part right of the diagonal is the reflection's vector. */
  private final double[][] matrix;

  private final double[] factors;
  private final double[] diagonal;
  private final double[] offDiagonal;

  /** Pairs (v, w) of reflections the matrix has yet to see: it lacks − v·wᵀ − w·vᵀ of each. Two vectors a pair. */
  private final double[][] pending;

  private int gathered;

  private Tridiagonal(double[][] matrix) {
    this.size = matrix.length;
    this.matrix = matrix;
    this.factors = new double[size];
    this.diagonal = new double[size];
    this.offDiagonal = new double[Math.max(0, size - 1)];
    this.pending = new double[2 * GATHERED][size];
  }

  /** @param matrix symmetric, [n, n], its largest entry near 1; taken over */
  static Tridiagonal of(double[][] matrix) {
    Tridiagonal result = new Tridiagonal(matrix);
    for (int k = 0; k < result.size; k++) {
      result.reduce(k);
    }
    return result;
  }

  /** [n]. */
  double[] diagonal() {
    return diagonal.clone();
  }

  /** [n − 1]. */
  double[] offDiagonal() {
    return offDiagonal.clone();
  }

  /** Turns eigenvectors of the tridiagonal matrix, the columns of [n, k], into those of the matrix; in place. */
  void back(double[][] vectors) {
    int width = vectors[0].length;
    for (int k = size - 2; k >= 0; k--) {
      double[] reflection = matrix[k];
      double[] along = new double[width];
      LinearSum.add(along, reflection, vectors, k + 1, size);
      for (int i = k + 1; i < size; i++) {
        LinearSum.addOne(vectors[i], 0, -factors[k] * reflection[i], along);
      }
    }
  }

  private void reduce(int k) {
    double[] row = matrix[k];
    addPending(k, k);
    diagonal[k] = row[k];
    if (k == size - 1) {
      return;
    }
    offDiagonal[k] = reflect(row, k);
    double[] v = pending[2 * gathered];
    System.arraycopy(row, k + 1, v, k + 1, size - k - 1);
    weigh(v, k);
    if (++gathered == GATHERED) {
      rows(k + 1).forEach(i -> addPending(i, k + 1));
      gathered = 0;
    }
  }

  /** Makes the row's part right of the diagonal the vector of a reflection that leaves one entry of it, and returns that entry. */
  private double reflect(double[] row, int k) {
    double squares = 0;
    for (int i = k + 2; i < size; i++) {
      squares += row[i] * row[i];
    }
    double first = row[k + 1];
    if (squares == 0) {
      return first;
    }
    double length = Math.sqrt(first * first + squares);
    double left = first > 0 ? -length : length;
    row[k + 1] = first - left;
    factors[k] = 1 / (length * (length + Math.abs(first)));
    return left;
  }

  /** The partner w of a reflection's v: factor · A·v, less v's share of it. */
  private void weigh(double[] v, int k) {
    double factor = factors[k];
    double[] w = pending[2 * gathered + 1];
    Arrays.fill(w, 0);
    if (factor == 0) {
      return;
    }
    multiply(w, v, k + 1);
    for (int pair = 0; pair < 2 * gathered; pair += 2) {
      double alongV = dot(pending[pair], v, k + 1);
      double alongW = dot(pending[pair + 1], v, k + 1);
      LinearSum.addOne(w, k + 1, -alongW, pending[pair]);
      LinearSum.addOne(w, k + 1, -alongV, pending[pair + 1]);
    }
    double share = factor * factor / 2 * dot(w, v, k + 1);
    for (int i = k + 1; i < size; i++) {
      w[i] = factor * w[i] - share * v[i];
    }
  }

  /** {@code target += A·v} over rows and columns from {@code from} on, by the rows as the matrix is symmetric. */
  private void multiply(double[] target, double[] v, int from) {
    if (size - from < LARGE) {
      LinearSum.add(target, from, v, matrix, from, size);
      return;
    }
    double[][] parts = IntStream.rangeClosed(0, (size - from - 1) / PART)
        .parallel()
        .mapToObj(part -> {
          double[] sum = new double[size];
          int first = from + part * PART;
          LinearSum.add(sum, from, v, matrix, first, Math.min(size, first + PART));
          return sum;
        })
        .toArray(double[][]::new);
    for (double[] part : parts) {
      LinearSum.addOne(target, from, 1, part);
    }
  }

  /** To row i, its columns from {@code from} on. */
  private void addPending(int i, int from) {
    double[] coefficients = new double[2 * gathered];
    for (int pair = 0; pair < coefficients.length; pair += 2) {
      coefficients[pair] = -pending[pair + 1][i];
      coefficients[pair + 1] = -pending[pair][i];
    }
    LinearSum.add(matrix[i], from, coefficients, pending, 0, coefficients.length);
  }

  private IntStream rows(int from) {
    IntStream rows = IntStream.range(from, size);
    return size - from < LARGE ? rows : rows.parallel();
  }

  private static double dot(double[] a, double[] b, int from) {
    double sum = 0;
    for (int i = from; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
