package lapidary.search.scan;

import java.util.BitSet;
import java.util.Optional;

/** The highest scores among the rows allowed. */
record Best(TopK top, Optional<BitSet> allowed) implements Found {
  @Override
  public float threshold() {
    return top.threshold();
  }

  @Override
  public boolean accepts(int row) {
    return allowed.isEmpty() || allowed.get().get(row);
  }

  @Override
  public void offer(int row, float score) {
    top.offer(row, score);
  }
}
