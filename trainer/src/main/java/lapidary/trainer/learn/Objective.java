package lapidary.trainer.learn;

import java.util.List;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.optim.Optimizer;

/**
 * What to minimise, how, and what to report.
 *
 * @param loss minimised
 * @param optimizer how
 * @param metrics reported on the validation rows
 */
public record Objective(Loss loss, Optimizer optimizer, List<Metric> metrics) {
  /** Cross-entropy of logits against one class a row; accuracy and error rate are reported. */
  public static Objective classifier(Optimizer optimizer) {
    return new Objective(
        Losses.crossEntropy(), optimizer, List.of(Metrics.accuracy(), Metrics.errorRate()));
  }

  /** Copies the list. */
  public Objective {
    metrics = List.copyOf(metrics);
  }
}
