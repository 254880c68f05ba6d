package lapidary.search.scan;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Vectors of length 1 (or 0), searched exactly by inner product: the answer is that of the plain scan over all rows, in rows and in
 * scores, bit for bit. Rows are numbered in the order of adding. Immutable and thread-safe; {@link #with} shares what is there.
 */
public final class ExactIndex {
  private final VectorBlocks blocks;

  private ExactIndex(VectorBlocks blocks) {
    this.blocks = blocks;
  }

  /**
   * An index of rows.
   *
   * @param rows of length 1 or 0, [n, dimensions]; copied
   */
  public static ExactIndex of(int dimensions, float[][] rows) {
    VectorBlocks blocks = new VectorBlocks(dimensions);
    for (float[] row : rows) {
      blocks.append(row);
    }
    return new ExactIndex(blocks);
  }

  /** The same with more rows behind its own. */
  public ExactIndex with(float[][] more) {
    VectorBlocks all = new VectorBlocks(dimensions());
    for (int row = 0; row < size(); row++) {
      all.append(blocks.row(row));
    }
    for (float[] row : more) {
      all.append(row);
    }
    return new ExactIndex(all);
  }

  /** Values of a row. */
  public int dimensions() {
    return blocks.dimensions();
  }

  /** How many rows there are. */
  public int size() {
    return blocks.size();
  }

  /** A copy of a row, [dimensions]. */
  public float[] row(int row) {
    return blocks.row(row);
  }

  /**
   * The {@code k} rows with the highest inner products with a query.
   *
   * @param query of length 1 or 0, [dimensions]
   * @param allowed the rows that may be found; empty for all
   */
  public Nearest search(float[] query, int k, Optional<BitSet> allowed) {
    TopK top = new TopK(Math.max(1, Math.min(k, size())));
    blocks.scan(query, top, allowed.isPresent() ? allowed.get()::get : row -> true);
    return Nearest.of(top);
  }

  /** Gives {@code rows} every row before {@code end} whose inner product with {@code query} is at least {@code threshold}. */
  public void above(float[] query, float threshold, int end, IntConsumer rows) {
    blocks.above(query, threshold, end, rows);
  }
}
