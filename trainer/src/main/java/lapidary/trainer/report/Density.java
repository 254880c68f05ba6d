package lapidary.trainer.report;

import java.util.Arrays;

/** Points counted by the cells of a grid, however many they are. */
final class Density {
  private final int across;
  private final int[] counts;

  private Density(int across, int[] counts) {
    this.across = across;
    this.counts = counts;
  }

  /**
   * Counts points.
   *
   * @param across cells from left to right
   * @param up cells from bottom to top
   * @param right each point's share of the width, 0 to 1
   * @param high each point's share of the height, 0 to 1
   */
  static Density of(int across, int up, double[] right, double[] high) {
    int[] counts = new int[across * up];
    for (int i = 0; i < right.length; i++) {
      counts[cell(high[i], up) * across + cell(right[i], across)]++;
    }
    return new Density(across, counts);
  }

  private static int cell(double share, int cells) {
    return Math.max(0, Math.min(cells - 1, (int) Math.floor(share * cells)));
  }

  int across() {
    return across;
  }

  int up() {
    return counts.length / across;
  }

  /** The points of a cell, rows counted from the bottom. */
  int count(int column, int row) {
    return counts[row * across + column];
  }

  /** The points of the fullest cell. */
  int most() {
    return Arrays.stream(counts).max().orElse(0);
  }
}
