package lapidary.search.pca;

import java.util.stream.IntStream;

/**
 * The exact principal components of a few wide rows: the inner products of the centred rows, [rows, rows], have the covariance
 * matrix's eigenvalues, and its axes are sums of the rows with the eigenvectors as coefficients (Turk, Pentland 1991, §3). Columns
 * are read in panels: memory is rows² · 8 bytes and the axes, whatever the width. Used once, by one thread.
 */
final class GramFit {
  /** The most rows: 32 MiB, and an eigendecomposition of some ten seconds. */
  static final int MAX_ROWS = 2048;

  /** Columns of a panel: with every row they fit a second-level cache. */
  private static final int PANEL = 64;

  private final RowSource rows;
  private final PcaOptions options;
  private final double[] mean;

  GramFit(RowSource rows, PcaOptions options) {
    this.rows = rows;
    this.options = options;
    this.mean = new double[rows.columns()];
  }

  Pca fit() {
    double[][] gram = gram();
    double total = IntStream.range(0, gram.length).mapToDouble(i -> gram[i][i]).sum();
    PcaRefusals.requireSpread(total);
    Spectrum spectrum = Spectrum.of(gram);
    int kept = options.components().orElseGet(() -> {
      int rank = spectrum.rank();
      return Math.min(rank, spectrum.reaching(options.variance().getAsDouble() * total, rank));
    });
    PcaRefusals.requireVariance(spectrum, kept, "reducing " + rows.count() + " rows");
    return new Pca(
        mean,
        axes(spectrum, kept),
        spectrum.values(kept),
        total,
        options.centred(),
        options.whitened());
  }

  /** Inner products of the centred rows divided by count − 1, symmetric. */
  private double[][] gram() {
    int count = rows.count();
    double[][] gram = new double[count][count];
    for (int from = 0; from < mean.length; from += PANEL) {
      double[][] panel = centred(from, true);
      IntStream.range(0, count).parallel().forEach(i -> {
        double[] own = new double[panel.length];
        for (int c = 0; c < own.length; c++) {
          own[c] = panel[c][i] / (count - 1);
        }
        LinearSum.addFrom(gram[i], i, own, panel);
      });
    }
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = gram[j][i];
      }
    }
    return gram;
  }

  /** Columns from {@code from} on, each an array over rows, less their mean. */
  private double[][] centred(int from, boolean first) {
    int count = rows.count();
    double[][] panel = new double[Math.min(PANEL, mean.length - from)][count];
    float[] part = new float[panel.length];
    for (int r = 0; r < count; r++) {
      rows.read(r, from, part);
      for (int c = 0; c < part.length; c++) {
        panel[c][r] = part[c];
      }
    }
    if (options.centred()) {
      for (int c = 0; c < panel.length; c++) {
        centre(panel[c], from + c, first);
      }
    }
    return panel;
  }

  private void centre(double[] column, int index, boolean first) {
    if (first) {
      double sum = 0;
      for (double value : column) {
        sum += value;
      }
      mean[index] = sum / column.length;
    }
    for (int r = 0; r < column.length; r++) {
      column[r] -= mean[index];
    }
  }

  private double[][] axes(Spectrum spectrum, int kept) {
    double[][] coefficients = coefficients(spectrum, kept);
    double[][] axes = new double[kept][mean.length];
    for (int from = 0; from < mean.length; from += PANEL) {
      int start = from;
      double[][] panel = centred(from, false);
      IntStream.range(0, panel.length).parallel().forEach(c -> {
        double[] entries = new double[kept];
        LinearSum.addFrom(entries, 0, panel[c], coefficients);
        for (int k = 0; k < kept; k++) {
          axes[k][start + c] = entries[k];
        }
      });
    }
    for (double[] axis : axes) {
      Spectrum.pointed(axis);
    }
    return axes;
  }

  /** What each row adds to each axis, [rows, kept]: an eigenvector over its singular value. */
  private double[][] coefficients(Spectrum spectrum, int kept) {
    double[][] coefficients = spectrum.vectors(kept);
    for (int k = 0; k < kept; k++) {
      double singular = Math.sqrt(spectrum.value(k) * (rows.count() - 1));
      for (double[] row : coefficients) {
        row[k] /= singular;
      }
    }
    return coefficients;
  }
}
