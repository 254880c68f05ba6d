package lapidary.search.store.lucene;

import lapidary.search.pca.RowSource;
import lapidary.search.scan.ExactIndex;

/** The vectors of live rows, in memory, in their order. Thread-safe. */
final class LiveVectors implements RowSource {
  private final ExactIndex index;
  private final int[] live;

  LiveVectors(ExactIndex index, Rows rows) {
    this.index = index;
    this.live = rows.live().stream().toArray();
  }

  @Override
  public int count() {
    return live.length;
  }

  @Override
  public int columns() {
    return index.dimensions();
  }

  @Override
  public void read(int row, int from, float[] target) {
    System.arraycopy(index.row(live[row]), from, target, 0, target.length);
  }
}
