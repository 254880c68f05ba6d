package lapidary.trainer.report;

import java.util.List;
import java.util.Locale;
import lapidary.models.Labels;

/** The images with the largest loss, with what they are and what they were taken for. */
final class TopLossSection {
  private TopLossSection() {}

  static String html(List<TopLoss> losses, Labels labels) {
    if (losses.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>Largest losses</h2>\n"
        + "<p class=\"quiet\">The answer in colour, the truth below it, and the probability the model"
        + " gave the truth.</p>\n<div class=\"pictures\">\n");
    losses.forEach(loss -> html.append(figure(loss, labels)));
    return html.append("</div>\n</section>\n").toString();
  }

  private static String figure(TopLoss top, Labels labels) {
    Mistake loss = top.mistake();
    return String.format(
        Locale.ROOT,
        "<figure><img alt=\"row %d\" title=\"row %d\" width=\"112\" src=\"%s\">"
            + "<figcaption><b class=\"%s\">%s</b><span>is %s</span>"
            + "<small>loss %s</small><small>p %s</small></figcaption></figure>\n",
        loss.row(),
        loss.row(),
        DataUri.of(top.picture(), 0),
        loss.truth() == loss.predicted() ? "right" : "wrong",
        Html.escape(labels.get(loss.predicted())),
        Html.escape(labels.get(loss.truth())),
        Figures.of(loss.loss()),
        Figures.of(loss.probability()));
  }
}
