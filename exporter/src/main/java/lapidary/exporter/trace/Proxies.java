package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Makes what a traced block sees in the place of arrays and their manager. */
interface Proxies {
  /** An array that is computed as {@code real} and stands for {@code value}. */
  NDArray array(NDArray real, Value value);

  /** The manager of all of them. */
  NDManager manager();
}
