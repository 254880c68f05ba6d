package lapidary.search.pca;

import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/**
 * Fits a {@link Pca} to rows that come one by one: the covariance matrix is gathered, then its eigenvectors are the axes (Jolliffe
 * 2002, §3.1). Rows of {@value Scatter#WIDE} columns and more are multiplied in single precision by ONNX Runtime, 1,024 at a time about
 * their own mean, and added in double: variances are right to 1e-6 of the largest, those below 1e-7 of it are 0. Narrower rows are
 * multiplied in double. Memory is columns² · 8 bytes, whatever the number of rows. The same rows give the same bits on a machine, however
 * many processors work. Not thread-safe.
 */
public final class PcaFitter {
  /** The widest rows a covariance matrix is gathered for: 128 MiB. */
  public static final int MAX_COLUMNS = 4096;

  private final int columns;
  private final PcaOptions options;
  private final Moments moments;

  PcaFitter(int columns, PcaOptions options) {
    this(columns, options, Scatter.of(columns));
  }

  PcaFitter(int columns, PcaOptions options, Scatter scatter) {
    if (columns < 1 || columns > MAX_COLUMNS) {
      throw new InvalidInputException("PCA of " + columns + " columns row by row; it takes 1 to "
          + MAX_COLUMNS + ", so put wider rows into a VectorSpool and fit that");
    }
    if (options.components().orElse(1) > columns) {
      throw PcaRefusals.tooMany(options.components().getAsInt(), columns + " columns", columns);
    }
    this.columns = columns;
    this.options = options;
    this.moments = new Moments(columns, scatter);
  }

  /**
   * Takes one row.
   *
   * @throws InvalidInputException if it has another width or a value that is not a finite number
   */
  public void add(float[] row) {
    String where = "row " + moments.count() + " of the PCA";
    FiniteVector.require(row, columns, where);
    moments.add(row);
  }

  /** Takes rows in order, [n, columns]; see {@link #add(float[])}. */
  public void add(float[][] rows) {
    for (float[] row : rows) {
      add(row);
    }
  }

  /** Takes all rows of a source, which has checked them. */
  PcaFitter addAll(RowSource rows) {
    for (int r = 0; r < rows.count(); r++) {
      moments.add(rows, r);
    }
    return this;
  }

  /**
   * The principal components of the rows so far. More rows can be added and fitted again.
   *
   * @throws InvalidInputException if there are too few rows or too little variance for what was asked
   */
  public Pca fit() {
    PcaRefusals.requireSize(moments.count(), columns, options);
    double[][] covariance = moments.covariance(options.centred());
    double total = trace(covariance);
    PcaRefusals.requireSpread(total);
    return reduced(Spectrum.of(covariance, moments.noise()), total);
  }

  private Pca reduced(Spectrum spectrum, double total) {
    int most = (int) Math.min(moments.count(), columns);
    int kept = options
        .components()
        .orElseGet(() ->
            Math.min(most, spectrum.reaching(options.variance().getAsDouble() * total, most)));
    if (options.whitened()) {
      PcaRefusals.requireVariance(spectrum, kept, "whitening");
    }
    double[][] axes = Spectrum.axes(spectrum.vectors(kept));
    double[] mean = options.centred() ? moments.mean() : new double[columns];
    return new Pca(mean, axes, spectrum.values(kept), total, options.centred(), options.whitened());
  }

  private static double trace(double[][] matrix) {
    return IntStream.range(0, matrix.length).mapToDouble(i -> matrix[i][i]).sum();
  }
}
