package lapidary.trainer.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.trainer.report.Answers;
import lapidary.trainer.report.ReportData;
import lapidary.trainer.report.StepHistory;

/** The report of fits that a program made itself, for {@link lapidary.trainer.report.Report#write}. Stateless. */
public final class FitReport {
  private FitReport() {}

  /** The curves and the table of the epochs. */
  public static ReportData of(String title, FitResult... fits) {
    return of(title, Map.of(), Optional.empty(), fits);
  }

  /**
   * A whole report.
   *
   * @param title the heading
   * @param facts name to value, shown in this order
   * @param classifier how a classifier's answers divide; empty for other networks
   * @param fits in their order
   */
  public static ReportData of(
      String title, Map<String, String> facts, Optional<Answers> classifier, FitResult... fits) {
    return new ReportData(
        title,
        facts,
        epochs(fits).stream().map(EpochResult::row).toList(),
        StepHistory.NONE,
        classifier);
  }

  /** The epochs of all fits, numbered through. */
  public static List<EpochResult> epochs(FitResult... fits) {
    List<EpochResult> epochs = new ArrayList<>();
    for (FitResult fit : fits) {
      fit.epochs().forEach(epoch -> epochs.add(epoch.numbered(epochs.size() + 1)));
    }
    return List.copyOf(epochs);
  }
}
