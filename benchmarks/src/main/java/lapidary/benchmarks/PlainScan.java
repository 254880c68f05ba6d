package lapidary.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import lapidary.search.scan.Kernel;
import lapidary.search.scan.TopK;

/**
 * What exact search is measured against, and its answers compared with: unit vectors in blocks of {@value #BLOCK} rows, each dimension
 * of a block an array of its own, all of them scanned. A scan adds up scores with loops over rows ({@code scores[j] += q * column[j]}) that the JIT compiler turns into SIMD instructions on every
 * machine; a loop over the dimensions of one row would be a floating-point sum, which it may not reorder. Columns are
 * separate arrays because they all start at the same offset from a cache line, which slices of one array do not.
 *
 * <p>Memory is dimensions · 4 bytes a row, the last block up to twice that. Reads may run at the same time, appends alone.
 */
final class PlainScan {
  /** Rows of a block: scores and four columns stay in the first-level cache. */
  static final int BLOCK = 2048;

  /** Rows a block starts with before it grows: a few wide vectors shall not take a whole block. */
  private static final int FIRST = 64;

  private final int dimensions;
  private final List<float[][]> blocks = new ArrayList<>();
  private int size;

  PlainScan(int dimensions) {
    this.dimensions = dimensions;
  }

  /** Appends a vector of length 1 (or 0), [dimensions], as row {@code size()}. */
  void append(float[] unit) {
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

  /** Offers to {@code top} every row that {@code accepts}, scored by its inner product with {@code query}, [dimensions]. */
  void scan(float[] query, TopK top, IntPredicate accepts) {
    float[] scores = new float[BLOCK];
    for (int b = 0; b < blocks.size(); b++) {
      score(blocks.get(b), query, scores);
      offer(scores, b * BLOCK, top, accepts);
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
