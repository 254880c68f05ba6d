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
 * @param course how the run went
 * @param answers the model's answers on the validation rows, if they are to be shown
 */
public record ReportData(
    String title, Map<String, String> facts, Course course, Optional<Answers> answers) {
  /** Copies the map, keeping the order. */
  public ReportData {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** A report that marks no best epoch and knows of no phases and no baseline. */
  public ReportData(
      String title,
      Map<String, String> facts,
      List<EpochRow> epochs,
      StepHistory steps,
      Optional<Answers> answers) {
    this(title, facts, Course.of(epochs, steps), answers);
  }
}
