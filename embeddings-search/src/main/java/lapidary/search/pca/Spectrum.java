package lapidary.search.pca;

import java.util.Arrays;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues of a symmetric matrix of second moments, falling, with their eigenvectors. Not thread-safe. */
final class Spectrum {
  /** Below this share of the largest, a variance is rounding noise that a division would blow up. */
  static final double NOISE = 1e-12;

  private final EigenDecomposition_F64<DMatrixRMaj> eigen;
  private final int[] order;
  private final double[] values;

  private Spectrum(EigenDecomposition_F64<DMatrixRMaj> eigen) {
    this.eigen = eigen;
    this.order = IntStream.range(0, eigen.getNumberOfEigenvalues())
        .boxed()
        .sorted((a, b) -> Double.compare(value(eigen, b), value(eigen, a)))
        .mapToInt(Integer::intValue)
        .toArray();
    this.values = IntStream.of(order).mapToDouble(i -> value(eigen, i)).toArray();
  }

  /** @param matrix symmetric, [n, n] */
  static Spectrum of(double[][] matrix) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(matrix.length, true, true);
    if (!eigen.decompose(new DMatrixRMaj(matrix))) {
      throw new InvalidInputException(
          "the eigenvalues of the covariance matrix do not converge; scale the columns to similar ranges");
    }
    return new Spectrum(eigen);
  }

  /** Rounding can push the variance of an empty direction a little below zero. */
  private static double value(EigenDecomposition_F64<DMatrixRMaj> eigen, int index) {
    return Math.max(0, eigen.getEigenvalue(index).getReal());
  }

  /** The largest eigenvalue with index 0, none below zero. */
  double value(int index) {
    return values[index];
  }

  /** The first eigenvalues. */
  double[] values(int count) {
    return Arrays.copyOf(values, count);
  }

  /** The unit eigenvector of a value, [n]; its sign is any. */
  double[] vector(int index) {
    return eigen.getEigenVector(order[index]).getData().clone();
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

  /** Turns an axis so that its entry of largest magnitude (the first of equals) is positive, which makes fits repeatable. */
  static double[] pointed(double[] axis) {
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
    return axis;
  }
}
