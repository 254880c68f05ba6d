package lapidary.search.pca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;
import lapidary.search.Samples;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

/** Values judged by EJML's full decomposition, vectors by what an eigenvector is. */
final class SpectrumTest {
  /** What is hard for a decomposition: values equal, all but equal, spread over 30 decades, none, a matrix in parts. */
  private static Map<String, double[][]> matrices() {
    Map<String, double[][]> matrices = new TreeMap<>();
    matrices.put("one", new double[][] {{3}});
    matrices.put("identity", diagonal(17, i -> 1));
    matrices.put("zero", new double[9][9]);
    matrices.put("diagonal of twins", diagonal(20, i -> i - i % 2));
    matrices.put("graded", graded(40));
    matrices.put("random", moments(Samples.gaussian(1, 300, 101)));
    matrices.put("rank 3", moments(Samples.gaussian(2, 3, 60)));
    matrices.put("a block twice", twice(moments(Samples.gaussian(3, 90, 30))));
    matrices.put("Wilkinson's", wilkinson(21));
    matrices.put("large", moments(Samples.gaussian(4, 40, 530)));
    matrices.put("tiny numbers", scaled(moments(Samples.gaussian(5, 50, 33)), 1e-280));
    matrices.put("huge numbers", scaled(moments(Samples.gaussian(6, 50, 33)), 1e150));
    return matrices;
  }

  @Test
  void valuesAreThoseOfAFullDecomposition() {
    matrices().forEach((name, matrix) -> {
      double[] expected = ejml(matrix);
      double[] found = Spectrum.of(copy(matrix)).values(matrix.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i])
            .as("%s, value %s", name, i)
            .isCloseTo(Math.max(0, expected[i]), within(1e-12 * expected[0]));
      }
    });
  }

  @Test
  void vectorsAreOrthonormalAndEigenvectorsOfTheirValues() {
    matrices().forEach((name, matrix) -> {
      for (int count : new int[] {(matrix.length + 3) / 4, matrix.length}) {
        Spectrum spectrum = Spectrum.of(copy(matrix));
        double[][] vectors = Spectrum.axes(spectrum.vectors(count));
        assertThat(worstResidual(matrix, spectrum, vectors))
            .as("%s, %s vectors", name, count)
            .isLessThan(1e-11);
        assertThat(worstProduct(vectors)).as("%s, %s vectors", name, count).isLessThan(1e-11);
      }
    });
  }

  /** The largest entry of A·v − λ·v, as a share of the largest value. */
  private static double worstResidual(double[][] matrix, Spectrum spectrum, double[][] vectors) {
    double worst = 0;
    for (int k = 0; k < vectors.length; k++) {
      for (int i = 0; i < matrix.length; i++) {
        double image = LinearSum.dot(matrix[i], vectors[k]);
        worst = Math.max(worst, Math.abs(image - spectrum.value(k) * vectors[k][i]));
      }
    }
    return worst / Math.max(spectrum.value(0), Double.MIN_NORMAL);
  }

  /** How far the inner products are from those of orthonormal vectors. */
  private static double worstProduct(double[][] vectors) {
    double worst = 0;
    for (int k = 0; k < vectors.length; k++) {
      for (int other = 0; other <= k; other++) {
        double product = LinearSum.dot(vectors[k], vectors[other]);
        worst = Math.max(worst, Math.abs(product - (k == other ? 1 : 0)));
      }
    }
    return worst;
  }

  @Test
  void aValueThatMayBeNoiseIsZeroAndDoesNotCount() {
    double[][] matrix = diagonal(5, i -> i == 4 ? 1 : Math.pow(10, -3 * i - 3));
    Spectrum spectrum = Spectrum.of(copy(matrix), 1e-7);
    assertThat(spectrum.values(5)).containsExactly(1, 1e-3, 1e-6, 0, 0);
    assertThat(spectrum.rank()).isEqualTo(3);
    assertThat(Spectrum.of(copy(matrix)).rank()).isEqualTo(4);
  }

  @Test
  void momentsThatAreNotNumbersAreRefused() {
    assertThatThrownBy(() -> Spectrum.of(new double[][] {{1, 0}, {0, Double.POSITIVE_INFINITY}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("too large for a number; scale the columns down");
  }

  private interface Entry {
    double at(int index);
  }

  private static double[][] diagonal(int size, Entry entry) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = entry.at(i);
    }
    return matrix;
  }

  private static double[][] graded(int size) {
    double[][] matrix = diagonal(size, i -> Math.pow(10, -.75 * i));
    for (int i = 1; i < size; i++) {
      matrix[i][i - 1] = matrix[i - 1][i] = matrix[i][i] / 3;
    }
    return matrix;
  }

  /** Its largest values come in pairs that agree to 14 digits. */
  private static double[][] wilkinson(int size) {
    double[][] matrix = diagonal(size, i -> 2 + Math.abs(i - size / 2));
    for (int i = 1; i < size; i++) {
      matrix[i][i - 1] = matrix[i - 1][i] = 1;
    }
    return matrix;
  }

  private static double[][] twice(double[][] block) {
    int size = block.length;
    double[][] matrix = new double[2 * size][2 * size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(block[i], 0, matrix[i], 0, size);
      System.arraycopy(block[i], 0, matrix[size + i], size, size);
    }
    return matrix;
  }

  private static double[][] moments(float[][] rows) {
    double[][] matrix = new double[rows[0].length][rows[0].length];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        for (int j = 0; j < row.length; j++) {
          matrix[i][j] += (double) row[i] * row[j] / rows.length;
        }
      }
    }
    return matrix;
  }

  private static double[][] scaled(double[][] matrix, double factor) {
    return Arrays.stream(matrix)
        .map(row -> Arrays.stream(row).map(v -> v * factor).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] copy(double[][] matrix) {
    return scaled(matrix, 1);
  }

  private static double[] ejml(double[][] matrix) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(matrix.length, false, true);
    assertThat(eigen.decompose(new DMatrixRMaj(matrix))).isTrue();
    double[] values = new double[matrix.length];
    for (int i = 0; i < values.length; i++) {
      values[values.length - 1 - i] = eigen.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    for (int i = 0; i < values.length / 2; i++) {
      double value = values[i];
      values[i] = values[values.length - 1 - i];
      values[values.length - 1 - i] = value;
    }
    return values;
  }
}
