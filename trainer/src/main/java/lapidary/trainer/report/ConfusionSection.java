package lapidary.trainer.report;

import java.util.List;
import java.util.Locale;
import lapidary.models.Labels;

/** The confusion matrix as a table whose cells are shaded by their share of the row, and the pairs most confused. */
final class ConfusionSection {
  /** A larger table cannot be read; the pairs below it can. */
  private static final int MOST_CLASSES = 40;

  private static final int MOST_PAIRS = 12;

  /** From this shade on light letters read better than dark ones. */
  private static final double DEEP = 0.85;

  private ConfusionSection() {}

  static String html(ConfusionMatrix matrix) {
    return "<section>\n<h2>Confusions</h2>\n<p class=\"quiet\">"
        + String.format(
            Locale.ROOT,
            "%,d validation rows, %s right.",
            matrix.total(),
            Figures.percent(matrix.accuracy()))
        + " Rows are the truth, columns the answer; a cell is shaded by its share of the row.</p>\n"
        + "<div class=\"confusions\">\n"
        + table(matrix)
        + pairs(matrix)
        + "</div>\n</section>\n";
  }

  private static String table(ConfusionMatrix matrix) {
    Labels labels = matrix.labels();
    if (labels.size() > MOST_CLASSES) {
      return "<p class=\"quiet\">" + labels.size() + " classes are too many to draw.</p>\n";
    }
    StringBuilder html =
        new StringBuilder("<div class=\"wide\">\n<table class=\"matrix\">\n<tr><td></td>");
    labels
        .names()
        .forEach(name -> html.append("<th class=\"column\"><span>")
            .append(Html.escape(name))
            .append("</span></th>"));
    html.append("<th class=\"column quiet\"><span>recall %</span></th></tr>\n");
    for (int truth = 0; truth < labels.size(); truth++) {
      html.append(row(matrix, truth));
    }
    html.append("<tr><th class=\"quiet\">precision %</th>");
    for (int predicted = 0; predicted < labels.size(); predicted++) {
      html.append("<td class=\"quiet\">")
          .append(Figures.percent(matrix.precision(predicted)).replace(" %", ""))
          .append("</td>");
    }
    return html.append("<td></td></tr>\n</table>\n</div>\n").toString();
  }

  private static String row(ConfusionMatrix matrix, int truth) {
    Labels labels = matrix.labels();
    int rows = 0;
    for (int predicted = 0; predicted < labels.size(); predicted++) {
      rows += matrix.count(truth, predicted);
    }
    StringBuilder html =
        new StringBuilder("<tr><th>").append(Html.escape(labels.get(truth))).append("</th>");
    for (int predicted = 0; predicted < labels.size(); predicted++) {
      html.append(cell(matrix, truth, predicted, rows));
    }
    return html.append("<td class=\"quiet\">")
        .append(Figures.percent(matrix.recall(truth)).replace(" %", ""))
        .append("</td></tr>\n")
        .toString();
  }

  /** The root of the share makes rare errors visible beside the diagonal. */
  private static String cell(ConfusionMatrix matrix, int truth, int predicted, int rows) {
    int count = matrix.count(truth, predicted);
    if (count == 0) {
      return "<td class=\"none\">·</td>";
    }
    double shade = Math.sqrt((double) count / rows);
    String note = matrix.labels().get(truth) + " taken for " + matrix.labels().get(predicted) + ": "
        + count + " of " + rows;
    return String.format(
        Locale.ROOT,
        "<td class=\"%s\" style=\"--shade:%.0f%%\" title=\"%s\">%d</td>",
        (truth == predicted ? "right" : "wrong") + (shade < DEEP ? "" : " deep"),
        100 * shade,
        Html.escape(note),
        count);
  }

  private static String pairs(ConfusionMatrix matrix) {
    List<ConfusionMatrix.Confusion> pairs = matrix.mostConfused(1);
    if (pairs.isEmpty()) {
      return "<p class=\"quiet\">No class was taken for another.</p>\n";
    }
    int most = pairs.get(0).count();
    StringBuilder html = new StringBuilder("<div>\n<h3>Most confused</h3>\n<ol class=\"pairs\">\n");
    for (ConfusionMatrix.Confusion pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
      html.append(String.format(
          Locale.ROOT,
          "<li><span>%s <i>taken for</i> %s</span><b>%d</b><meter max=\"%d\" value=\"%d\"></meter></li>\n",
          Html.escape(matrix.labels().get(pair.truth())),
          Html.escape(matrix.labels().get(pair.predicted())),
          pair.count(),
          most,
          pair.count()));
    }
    return html.append("</ol>\n</div>\n").toString();
  }
}
