package lapidary.trainer.learn;

import java.util.List;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.optim.Optimizer;

/**
 * What to minimise, how, and what to report.
 *
 * @param loss minimised
 * @param optimizer how
 * @param metrics reported on the validation rows
 */
public record Objective(Loss loss, Optimizer optimizer, List<Metric> metrics) {
  /** Copies the list. */
  public Objective {
    metrics = List.copyOf(metrics);
  }
}
