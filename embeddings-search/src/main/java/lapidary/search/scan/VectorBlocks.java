package lapidary.search.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Unit vectors in blocks of {@value #BLOCK} rows, each dimension of a block an array of its own. A scan then adds up scores
 * with loops over rows ({@code scores[j] += q * column[j]}) that the JIT compiler turns into SIMD instructions on every
 * machine; a loop over the dimensions of one row would be a floating-point sum, which it may not reorder. Columns are
 * separate arrays because they all start at the same offset from a cache line, which slices of one array do not.
 *
 * <p>Memory is dimensions · 4 bytes a row, the last block up to twice that. Reads may run at the same time, appends alone.
 */
public final class VectorBlocks {
  /** Rows of a block: scores and four columns stay in the first-level cache. */
  static final int BLOCK = 2048;

  /** Rows a block starts with before it grows: a few wide vectors shall not take a whole block. */
  private static final int FIRST = 64;

  private final int dimensions;
  private final List<float[][]> blocks = new ArrayList<>();
  private int size;

  public VectorBlocks(int dimensions) {
    this.dimensions = dimensions;
  }

  public int dimensions() {
    return dimensions;
  }

  public int size() {
    return size;
  }

  /** Appends a vector of length 1 (or 0), [dimensions], as row {@code size()}. */
  public void append(float[] unit) {
    int at = size % BLOCK;
    if (at == 0) {
      blocks.add(new float[dimensions][FIRST]);
    }
    float[][] block = blocks.get(size / BLOCK);
    if (at == block[0].length) {
      grow(block);
    }
    for (int d = 0; d < dimensions; d++) {
      block[d][at] = unit[d];
    }
    size++;
  }

  private static void grow(float[][] block) {
    for (int d = 0; d < block.length; d++) {
      block[d] = Arrays.copyOf(block[d], 2 * block[d].length);
    }
  }

  /** A copy of a row, [dimensions]. */
  public float[] row(int row) {
    float[][] block = blocks.get(row / BLOCK);
    float[] result = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      result[d] = block[d][row % BLOCK];
    }
    return result;
  }

  /** Offers to {@code top} every row that {@code accepts}, scored by its inner product with {@code query}, [dimensions]. */
  public void scan(float[] query, TopK top, IntPredicate accepts) {
    float[] scores = new float[BLOCK];
    for (int b = 0; b < blocks.size(); b++) {
      score(blocks.get(b), query, scores);
      offer(scores, b * BLOCK, top, accepts);
    }
  }

  /** Gives {@code rows} every row before {@code end} whose inner product with {@code query} is at least {@code threshold}. */
  public void above(float[] query, float threshold, int end, IntConsumer rows) {
    float[] scores = new float[BLOCK];
    for (int first = 0; first < end; first += BLOCK) {
      score(blocks.get(first / BLOCK), query, scores);
      int count = Math.min(BLOCK, end - first);
      for (int j = 0; j < count; j++) {
        // Unit vectors are that to seven digits only: equal ones shall reach 1.
        if (scores[j] >= threshold - 1e-6f) {
          rows.accept(first + j);
        }
      }
    }
  }

  private void offer(float[] scores, int first, TopK top, IntPredicate accepts) {
    int rows = Math.min(BLOCK, size - first);
    float threshold = top.threshold();
    for (int j = 0; j < rows; j++) {
      if (scores[j] > threshold && accepts.test(first + j)) {
        top.offer(first + j, scores[j]);
        threshold = top.threshold();
      }
    }
  }

  private void score(float[][] columns, float[] query, float[] scores) {
    Arrays.fill(scores, 0);
    Kernel.add(scores, columns, query, 0, dimensions);
  }
}
