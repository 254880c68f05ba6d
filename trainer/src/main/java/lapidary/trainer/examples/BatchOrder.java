package lapidary.trainer.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.SplittableRandom;
import lapidary.trainer.data.Shuffle;

/** Row numbers in an order, cut into batches. Immutable, thread-safe. */
public final class BatchOrder {
  private final long[] rows;
  private final int batch;
  private final long seed;

  private BatchOrder(long[] rows, int batch, long seed) {
    this.rows = rows;
    this.batch = batch;
    this.seed = seed;
  }

  /**
   * All rows once in random order, by Fisher and Yates.
   *
   * @param seed of whatever else is random in a pass, see {@link #seed()}
   */
  public static BatchOrder shuffled(int rows, int batch, SplittableRandom random, long seed) {
    return new BatchOrder(permutation(rows, random), batch, seed);
  }

  /** The numbers from 0 in random order. */
  public static long[] permutation(int rows, SplittableRandom random) {
    return Arrays.stream(Shuffle.of(rows, random)).asLongStream().toArray();
  }

  /** All rows as they are. */
  public static BatchOrder ascending(int rows, int batch) {
    return new BatchOrder(numbers(rows), batch, 0);
  }

  /** How many batches {@code rows} rows make. */
  public static int batches(int rows, int batch) {
    return (rows + batch - 1) / batch;
  }

  /** The number of batches; the last may be smaller than the others. */
  public int batches() {
    return batches(rows.length, batch);
  }

  /** Rows of a batch, but for the last. */
  public int size() {
    return batch;
  }

  /** All row numbers, in order, copied. */
  public long[] rows() {
    return rows.clone();
  }

  /** The row numbers of one batch, in order, copied. */
  public long[] batch(int number) {
    int from = Math.multiplyExact(number, batch);
    return Arrays.copyOfRange(rows, from, Math.min(rows.length, from + batch));
  }

  /** Seeds what is random about the rows of this pass, such as augmentation; a row's share must not depend on earlier batches. */
  public long seed() {
    return seed;
  }

  /** The batches as views of one tensor, made in one call. */
  NDList cut(NDManager manager) {
    NDArray all = manager.create(rows);
    if (batches() == 1) {
      return new NDList(all);
    }
    long[] cuts = new long[batches() - 1];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = (long) batch * (i + 1);
    }
    return all.split(cuts);
  }

  private static long[] numbers(int rows) {
    long[] order = new long[rows];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
