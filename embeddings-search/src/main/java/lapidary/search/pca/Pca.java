package lapidary.search.pca;

import java.util.Arrays;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.Projection;

/**
 * Principal component analysis: projects rows of {@link #inputs()} columns onto the {@link #components()} orthonormal axes of
 * largest variance (Jolliffe 2002, §3). Axes come by falling variance; each points so that its entry of largest magnitude is
 * positive, which makes a fit repeatable. Variances are divided by rows − 1. Immutable, thread-safe.
 */
public final class Pca {
  /** Rows that are projected at once. */
  private static final int BLOCK = 128;

  private final double[] mean;
  /** [components, inputs], orthonormal. */
  private final double[][] axes;
  /** [inputs, components], scaled when whitened: the projection runs over components innermost. */
  private final double[][] weights;

  private final double[] variance;
  private final double totalVariance;
  private final boolean centred;
  private final boolean whitened;

  /** Takes over arrays that nobody else keeps: fits make it, and whoever reads one from a file. */
  public Pca(
      double[] mean,
      double[][] axes,
      double[] variance,
      double totalVariance,
      boolean centred,
      boolean whitened) {
    this.mean = mean;
    this.axes = axes;
    this.variance = variance;
    this.totalVariance = totalVariance;
    this.centred = centred;
    this.whitened = whitened;
    this.weights = weights();
  }

  /**
   * A fitter that takes rows one by one.
   *
   * @param columns the width of the rows, 1 to {@value PcaFitter#MAX_COLUMNS}
   */
  public static PcaFitter fitter(int columns, PcaOptions options) {
    return new PcaFitter(columns, options);
  }

  /**
   * Fits the components of rows that are all in memory, [n, columns] with n at least 2.
   *
   * @throws InvalidInputException if the rows differ in width, hold values that are not finite, or are
   *     too few for what was asked
   */
  public static Pca fit(float[][] rows, PcaOptions options) {
    if (rows.length == 0) {
      throw new InvalidInputException("PCA of 0 rows; give at least 2");
    }
    return fit(RowSource.of(rows), options);
  }

  /**
   * Fits the components of rows that are read several times. Rows of at most {@value PcaFitter#MAX_COLUMNS} columns are fitted by
   * their covariance matrix and at most {@value GramFit#MAX_ROWS} wider ones by their inner products: both exact. More wide rows
   * are fitted by a randomised sketch, whose shares of variance are within 1e-4 of the exact ones; a share of variance that is
   * asked for has to be explained by {@value SketchFit#MOST_FOR_SHARE} components then.
   *
   * @throws InvalidInputException if the rows are too few, or have too little variance, for what was asked
   */
  public static Pca fit(RowSource rows, PcaOptions options) {
    PcaRefusals.requireSize(rows.count(), rows.columns(), options);
    if (rows.columns() <= PcaFitter.MAX_COLUMNS) {
      return fitter(rows.columns(), options).addAll(rows).fit();
    }
    return rows.count() <= GramFit.MAX_ROWS
        ? new GramFit(rows, options).fit()
        : new SketchFit(rows, options).fit();
  }

  /** Columns of a row that goes in. */
  public int inputs() {
    return mean.length;
  }

  /** Columns of a row that comes out. */
  public int components() {
    return axes.length;
  }

  /**
   * Projects one row, [inputs] giving [components]. Centred before it is multiplied, summed in double precision.
   *
   * @throws InvalidInputException if the row has another width or a value that is not a finite number
   */
  public float[] project(float[] row) {
    return project(new float[][] {row})[0];
  }

  /** Projects rows, [n, inputs] giving [n, components], on all processors; see {@link #project(float[])}. */
  public float[][] project(float[][] rows) {
    float[][] projected = new float[rows.length][];
    for (int from = 0; from < rows.length; from += BLOCK) {
      int first = from;
      int count = Math.min(BLOCK, rows.length - from);
      double[][] centredRows = IntStream.range(first, first + count)
          .mapToObj(i -> lessMean(rows[i]))
          .toArray(double[][]::new);
      double[][] sums = LinearSum.multiply(centredRows, weights);
      for (int i = 0; i < count; i++) {
        projected[from + i] = floats(sums[i]);
      }
    }
    return projected;
  }

  private double[] lessMean(float[] row) {
    FiniteVector.require(row, inputs(), "the row to project");
    double[] result = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      result[i] = row[i] - mean[i];
    }
    return result;
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** Projects rows and scales them to length 1, as collections keep them, [n, inputs] giving [n, components]. A zero row stays zero. */
  public float[][] embed(float[][] rows) {
    return Arrays.stream(project(rows)).map(FiniteVector::unit).toArray(float[][]::new);
  }

  /**
   * The same axes, whitened or not.
   *
   * @throws InvalidInputException if components without variance would have to be whitened
   */
  public Pca withWhitening(boolean wanted) {
    if (wanted && !canWhiten()) {
      throw PcaRefusals.noVariance("whitening", components(), varying());
    }
    return new Pca(mean, axes, variance, totalVariance, centred, wanted);
  }

  /** Whether every component has a variance that can be divided by. */
  public boolean canWhiten() {
    return varying() == components();
  }

  private int varying() {
    return (int)
        Arrays.stream(variance).filter(v -> v > variance[0] * Spectrum.NOISE).count();
  }

  /** Mean and weights in single precision, to be baked into a file. */
  public Projection projection() {
    float[] flat = new float[inputs() * components()];
    for (int i = 0; i < inputs(); i++) {
      for (int k = 0; k < components(); k++) {
        flat[i * components() + k] = (float) weights[i][k];
      }
    }
    return Projection.of(floats(mean), flat);
  }

  /** The variance along each axis, falling, [components]. */
  public double[] explainedVariance() {
    return variance.clone();
  }

  /** The share of the total variance along each axis, falling, [components]. */
  public double[] explainedVarianceRatio() {
    return Arrays.stream(variance).map(v -> v / totalVariance).toArray();
  }

  /** The mean that is subtracted first, [inputs]; zeros when not centred. */
  public double[] mean() {
    return mean.clone();
  }

  /** The unit vector of one component, [inputs], before whitening. */
  public double[] axis(int component) {
    return axes[component].clone();
  }

  /** Whether the mean is subtracted first. */
  public boolean centred() {
    return centred;
  }

  /** Whether every component is scaled to variance 1. */
  public boolean whitened() {
    return whitened;
  }

  /** The variance of all columns together, kept or not. */
  public double totalVariance() {
    return totalVariance;
  }

  private double[][] weights() {
    double[][] result = new double[inputs()][components()];
    for (int k = 0; k < components(); k++) {
      double scale = whitened ? 1 / Math.sqrt(variance[k]) : 1;
      for (int i = 0; i < inputs(); i++) {
        result[i][k] = axes[k][i] * scale;
      }
    }
    return result;
  }
}
