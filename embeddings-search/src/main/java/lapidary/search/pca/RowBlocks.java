package lapidary.search.pca;

import java.util.stream.IntStream;

/**
 * Rows taken in blocks, less their mean, and multiplied by their covariance matrix without ever forming it. Memory is one block.
 * Used by one thread, which spreads the work over the processors; sums are in one order, so the digits do not depend on their number.
 */
final class RowBlocks {
  private static final int BLOCK = 128;

  private final RowSource rows;
  private final double[] mean;
  private final double totalVariance;

  private RowBlocks(RowSource rows, double[] mean, double totalVariance) {
    this.rows = rows;
    this.mean = mean;
    this.totalVariance = totalVariance;
  }

  static RowBlocks of(RowSource rows, boolean centred) {
    double[] mean = centred ? mean(rows) : new double[rows.columns()];
    double squares = 0;
    for (int r = 0; r < rows.count(); r++) {
      float[] row = rows.row(r);
      for (int i = 0; i < row.length; i++) {
        double deviation = row[i] - mean[i];
        squares += deviation * deviation;
      }
    }
    return new RowBlocks(rows, mean, squares / (rows.count() - 1));
  }

  private static double[] mean(RowSource rows) {
    double[] mean = new double[rows.columns()];
    for (int r = 0; r < rows.count(); r++) {
      float[] row = rows.row(r);
      for (int i = 0; i < row.length; i++) {
        mean[i] += row[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= rows.count();
    }
    return mean;
  }

  /** The mean that is subtracted, [columns]; zeros when not centred. */
  double[] mean() {
    return mean;
  }

  /** The sum of the columns' second moments about the mean, over count − 1. */
  double totalVariance() {
    return totalVariance;
  }

  /** What the covariance C makes of a factor Z. */
  static final class Product {
    private final double[][] image;
    private final double[][] moments;

    private Product(int columns, int width) {
      this.image = new double[columns][width];
      this.moments = new double[width][width];
    }

    /** C·Z, [columns, width]; not copied. */
    double[][] image() {
      return image;
    }

    /** Zᵀ·C·Z, [width, width]; not copied. */
    double[][] moments() {
      return moments;
    }
  }

  /** Multiplies the covariance by a factor of orthonormal columns, [columns, width], in one pass. */
  Product multiply(double[][] factor) {
    int width = factor[0].length;
    Product product = new Product(mean.length, width);
    for (int from = 0; from < rows.count(); from += BLOCK) {
      double[][] block = centred(from);
      double[][] projected = LinearSum.multiply(block, factor);
      IntStream.range(0, mean.length)
          .parallel()
          .forEach(i -> addColumn(product.image[i], block, i, projected));
      IntStream.range(0, width)
          .parallel()
          .forEach(i -> addColumn(product.moments[i], projected, i, projected));
    }
    return product;
  }

  private double[][] centred(int from) {
    double[][] block = new double[Math.min(BLOCK, rows.count() - from)][mean.length];
    IntStream.range(0, block.length).parallel().forEach(r -> {
      float[] row = rows.row(from + r);
      for (int i = 0; i < row.length; i++) {
        block[r][i] = row[i] - mean[i];
      }
    });
    return block;
  }

  /** Adds column i of {@code block}, transposed, times {@code projected}, over count − 1. */
  private void addColumn(double[] target, double[][] block, int i, double[][] projected) {
    double[] column = new double[block.length];
    for (int r = 0; r < column.length; r++) {
      column[r] = block[r][i] / (rows.count() - 1);
    }
    LinearSum.addFrom(target, 0, column, projected);
  }
}
