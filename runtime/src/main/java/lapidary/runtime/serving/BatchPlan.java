package lapidary.runtime.serving;

import java.util.List;
import java.util.Optional;
import lapidary.runtime.Inference;

/**
 * How rows of one model are best run.
 *
 * @param proven whether the model was seen to take batches, so that a caller may run its own row
 * @param straight whether callers are better off without batches
 * @param rows of a batch at most
 */
record BatchPlan(boolean proven, boolean straight, int rows) {
  /**
   * Measures a model.
   *
   * @throws lapidary.models.InvalidInputException if its rows cannot be run together
   */
  static BatchPlan of(Inference model, List<String> outputs, BatchLimits limits) {
    BatchAxis.require(model, outputs, limits);
    Optional<RunCosts> costs = RunCosts.measure(model, outputs, limits.maxBatch());
    boolean gains = costs.isEmpty() || costs.get().gains();
    return new BatchPlan(
        costs.isPresent(), costs.isPresent() && !costs.get().pays(), gains ? limits.maxBatch() : 1);
  }
}
