package lapidary.trainer.report;

import java.util.List;

/**
 * A classifier's answers on the validation rows.
 *
 * @param confusion how often each class was taken for each
 * @param topLosses the images with the largest loss, largest first; none where the rows are not images
 */
public record ClassAnswers(ConfusionMatrix confusion, List<TopLoss> topLosses) implements Answers {
  /** Copies the list. */
  public ClassAnswers {
    topLosses = List.copyOf(topLosses);
  }

  @Override
  public String html() {
    return ConfusionSection.html(confusion) + TopLossSection.html(topLosses, confusion.labels());
  }
}
