package lapidary.trainer.examples;

import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Rows to learn from or to measure on, which come as batches on a device: from whole tensors ({@link TensorSet}), or read anew in
 * each pass where they do not fit into memory. Not thread-safe; closing is idempotent.
 */
public interface Examples extends AutoCloseable {
  /** Number of rows, those that may turn out to be unreadable counted. */
  int rows();

  /** Rows of a batch that is only measured: enough to keep a device busy, few enough for its memory. */
  int rowsAtOnce();

  /** A sentence for each row that could not be read so far, in the order they were met; empty where all rows are in memory. */
  default List<String> skipped() {
    return List.of();
  }

  /** The row that was number {@code read}, from 0, of those read in the last ascending pass: not the same where some were skipped. */
  default int rowOf(int read) {
    return read;
  }

  /**
   * Begins a pass; one at a time.
   *
   * @param order the rows' order and batches
   * @param from number of the first batch to give, from 0: a resumed pass leaves out what was learned already
   */
  Pass pass(BatchOrder order, int from);

  /** Frees what the rows take. */
  @Override
  void close();

  /** A pass over the rows. Closing it ends it, at whatever batch it is. */
  interface Pass extends AutoCloseable {
    /**
     * The next batch of the order; rows that cannot be read are missing from it.
     *
     * @param scope owns the batch's arrays
     */
    Batch next(NDManager scope);

    /** Ends the pass. */
    @Override
    void close();
  }
}
