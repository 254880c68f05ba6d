package lapidary.trainer.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a report shows. Immutable.
 *
 * @param title the heading, such as {@code mnist-nn on fashion-mnist}
 * @param facts name → value, shown in this order: model, data, seed, hyper-parameters, device
 * @param epochs the history
 * @param steps curves over training steps
 * @param classifier how a classifier's answers divide; empty for other models
 */
public record ReportData(
    String title,
    Map<String, String> facts,
    List<EpochRow> epochs,
    StepHistory steps,
    Optional<Answers> classifier) {
  /**
   * A classifier's answers on the validation rows.
   *
   * @param confusion how often each class was taken for each
   * @param topLosses the images with the largest loss, largest first
   */
  public record Answers(ConfusionMatrix confusion, List<TopLoss> topLosses) {
    /** Copies the list. */
    public Answers {
      topLosses = List.copyOf(topLosses);
    }
  }

  /** Copies the lists and the map, keeping the order. */
  public ReportData {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    epochs = List.copyOf(epochs);
  }
}
