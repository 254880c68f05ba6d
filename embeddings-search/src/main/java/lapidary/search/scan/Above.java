package lapidary.search.scan;

import java.util.function.IntConsumer;

/** Every row before {@code end} with a score of at least {@code threshold}. */
record Above(float threshold, int end, IntConsumer rows) implements Found {
  @Override
  public boolean accepts(int row) {
    return row < end;
  }

  @Override
  public void offer(int row, float score) {
    if (score >= threshold) {
      rows.accept(row);
    }
  }
}
