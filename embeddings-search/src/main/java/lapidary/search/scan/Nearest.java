package lapidary.search.scan;

import java.util.Arrays;

/** The rows nearest to a query, best first; of equal scores the lower row first. Immutable, thread-safe. */
public final class Nearest {
  private final int[] rows;
  private final float[] scores;

  private Nearest(int[] rows, float[] scores) {
    this.rows = rows;
    this.scores = scores;
  }

  /** What was kept of the rows that were offered. */
  public static Nearest of(TopK top) {
    return new Nearest(top.rows(), top.scores());
  }

  /**
   * The same rows by other numbers.
   *
   * @param numbers the number of each row of the index, rising
   */
  public Nearest numbered(int[] numbers) {
    return new Nearest(Arrays.stream(rows).map(row -> numbers[row]).toArray(), scores);
  }

  /** How many there are. */
  public int size() {
    return rows.length;
  }

  /** The number of the {@code i}-th row, counted from 0. */
  public int row(int i) {
    return rows[i];
  }

  /** The inner product of that row and the query. */
  public float score(int i) {
    return scores[i];
  }

  /** A copy of the rows' numbers. */
  public int[] rows() {
    return rows.clone();
  }

  /** A copy of the scores. */
  public float[] scores() {
    return scores.clone();
  }
}
