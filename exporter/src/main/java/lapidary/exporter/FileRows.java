package lapidary.exporter;

import java.util.Map;
import java.util.function.Consumer;
import lapidary.exporter.quantize.Rows;
import lapidary.models.Signature;
import lapidary.runtime.Tensor;

/**
 * Rows as a file takes them, in batches of one size.
 *
 * @param signature the file's
 * @param source where they come from
 * @param from the first
 * @param count how many at least; the last batch is filled
 * @param batch how many at a time
 * @param fixed whether the file takes no other number
 */
record FileRows(
    Signature signature, RowSource source, int from, int count, int batch, boolean fixed)
    implements Rows {
  @Override
  public void forEachBatch(Consumer<Map<String, Tensor>> taker) {
    for (int row = from; row < from + count; row += batch) {
      taker.accept(new Batch(signature.inputs(), source, row, batch).forFile());
    }
  }

  /** The first row, or the first batch where the file takes nothing else. */
  Map<String, Tensor> first() {
    return new Batch(signature.inputs(), source, from, fixed ? batch : 1).forFile();
  }
}
