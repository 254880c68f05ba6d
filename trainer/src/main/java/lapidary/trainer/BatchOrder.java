package lapidary.trainer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;

/** Row numbers cut into batches. */
final class BatchOrder {
  private BatchOrder() {}

  /** All rows once in random order, by Fisher and Yates. */
  static long[] shuffled(int rows, SplittableRandom random) {
    long[] order = ascending(rows);
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  static long[] ascending(int rows) {
    long[] order = new long[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    return order;
  }

  static int batches(int rows, int batch) {
    return (rows + batch - 1) / batch;
  }

  /** The batches as views of one tensor, made in one call. */
  static NDList cut(NDManager manager, long[] order, int batch) {
    NDArray all = manager.create(order);
    int batches = batches(order.length, batch);
    if (batches == 1) {
      return new NDList(all);
    }
    long[] cuts = new long[batches - 1];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = (long) batch * (i + 1);
    }
    return all.split(cuts);
  }
}
