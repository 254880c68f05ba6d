package lapidary.trainer.report;

import java.util.Arrays;

/** Values counted by equal bins around 0. */
final class Histogram {
  private final double reach;
  private final int[] counts;

  private Histogram(double reach, int[] counts) {
    this.reach = reach;
    this.counts = counts;
  }

  /**
   * Counts values.
   *
   * @param reach where the outermost bins end; they hold what lies beyond, too
   * @param bins an odd number, so that 0 is in the middle of one
   */
  static Histogram of(double[] values, double reach, int bins) {
    int[] counts = new int[bins];
    for (double value : values) {
      int bin = (int) Math.floor((value + reach) / (2 * reach) * bins);
      counts[Math.max(0, Math.min(bins - 1, bin))]++;
    }
    return new Histogram(reach, counts);
  }

  double reach() {
    return reach;
  }

  int bins() {
    return counts.length;
  }

  int count(int bin) {
    return counts[bin];
  }

  /** The values of the fullest bin. */
  int most() {
    return Arrays.stream(counts).max().orElse(0);
  }

  /** Where a bin begins; that after the last is where the last ends. */
  double edge(int bin) {
    return reach * (2.0 * bin / counts.length - 1);
  }
}
