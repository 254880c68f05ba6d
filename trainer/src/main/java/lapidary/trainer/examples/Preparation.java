package lapidary.trainer.examples;

import ai.djl.ndarray.NDArray;

/** What happens to a gathered batch before the network sees it. */
@FunctionalInterface
public interface Preparation {
  /** The batch as it is. */
  Preparation NONE = batch -> batch;

  /** The prepared batch; {@code batch} may be overwritten. */
  NDArray prepare(NDArray batch);
}
