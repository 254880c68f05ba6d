package lapidary.exporter.quantize;

import java.util.Map;
import java.util.function.Consumer;
import lapidary.runtime.Tensor;

/** Rows for a file, in batches. */
public interface Rows {
  /** Hands out each batch, what the file takes by name, in the same order each time. */
  void forEachBatch(Consumer<Map<String, Tensor>> taker);
}
