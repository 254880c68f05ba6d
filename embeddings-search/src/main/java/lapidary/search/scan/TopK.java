package lapidary.search.scan;

import java.util.Arrays;

/**
 * The k highest scores of the rows offered, of equal scores the lower rows: a binary heap with the worst kept row on top. Rows
 * may be offered in any order. Not thread-safe.
 */
public final class TopK {
  private final float[] scores;
  private final int[] rows;
  private final float minimum;
  private int size;

  /** Keeps at most {@code k} rows, k at least 1. */
  public TopK(int k) {
    this(k, Float.NEGATIVE_INFINITY);
  }

  /** Keeps at most {@code k} rows, k at least 1, whose scores are at least {@code minimum}. */
  public TopK(int k, float minimum) {
    this.minimum = minimum;
    this.scores = new float[k];
    this.rows = new int[k];
  }

  private TopK(TopK other) {
    this.minimum = other.minimum;
    this.scores = other.scores.clone();
    this.rows = other.rows.clone();
    this.size = other.size;
  }

  /** A higher row gets in only with a score above this, any row only with at least this. */
  public float threshold() {
    return size < rows.length ? minimum : scores[0];
  }

  public void offer(int row, float score) {
    if (score < minimum) {
      return;
    }
    if (size < rows.length) {
      siftUp(size++, row, score);
    } else if (worse(rows[0], scores[0], row, score)) {
      siftDown(row, score);
    }
  }

  /** The rows kept, best first. */
  public int[] rows() {
    return Arrays.copyOf(sorted().rows, size);
  }

  /** The scores of {@link #rows()}. */
  public float[] scores() {
    return Arrays.copyOf(sorted().scores, size);
  }

  /** A heap sort: the worst of a copy goes behind the others until none is left. */
  private TopK sorted() {
    TopK sorted = new TopK(this);
    for (int last = size - 1; last > 0; last--) {
      int row = sorted.rows[last];
      float score = sorted.scores[last];
      sorted.move(0, last);
      sorted.size = last;
      sorted.siftDown(row, score);
    }
    return sorted;
  }

  private boolean worse(int row, float score, int other) {
    return score < scores[other] || (score == scores[other] && row > rows[other]);
  }

  private void siftUp(int hole, int row, float score) {
    while (hole > 0 && worse(row, score, (hole - 1) / 2)) {
      move((hole - 1) / 2, hole);
      hole = (hole - 1) / 2;
    }
    set(hole, row, score);
  }

  private void siftDown(int row, float score) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && worse(rows[child + 1], scores[child + 1], child)) {
        child++;
      }
      if (!worse(rows[child], scores[child], row, score)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    set(hole, row, score);
  }

  private static boolean worse(int row, float score, int otherRow, float otherScore) {
    return score < otherScore || (score == otherScore && row > otherRow);
  }

  private void move(int from, int to) {
    set(to, rows[from], scores[from]);
  }

  private void set(int at, int row, float score) {
    rows[at] = row;
    scores[at] = score;
  }
}
