package lapidary.trainer.report;

import java.util.List;
import java.util.Set;

/** The history: its last row in large letters, and all of it as a table. */
final class EpochSection {
  private EpochSection() {}

  /** The last epoch's figures. */
  static String headline(List<EpochRow> epochs) {
    if (epochs.isEmpty()) {
      return "<p class=\"quiet\">No epoch has ended yet.</p>\n";
    }
    EpochRow last = epochs.get(epochs.size() - 1);
    StringBuilder html = new StringBuilder("<div class=\"tiles\">\n");
    last.metrics().forEach((name, value) -> html.append(tile(name, Figures.of(value))));
    last.validLoss().ifPresent(loss -> html.append(tile("validation loss", Figures.of(loss))));
    html.append(tile("training loss", Figures.of(last.trainLoss())));
    html.append(tile(epochs.size() == 1 ? "epoch" : "epochs", Integer.toString(last.epoch())));
    double seconds = epochs.stream().mapToDouble(EpochRow::seconds).sum();
    return html.append(tile("time", Figures.duration(seconds)))
        .append("</div>\n")
        .toString();
  }

  private static String tile(String name, String value) {
    return "<div><b>" + Html.escape(value) + "</b><span>" + Html.escape(name) + "</span></div>\n";
  }

  /** Every epoch, one a row. */
  static String table(List<EpochRow> epochs) {
    if (epochs.isEmpty()) {
      return "";
    }
    Set<String> metrics = epochs.get(0).metrics().keySet();
    StringBuilder html = new StringBuilder(
        "<section>\n<h2>Epochs</h2>\n<div class=\"wide\">\n"
            + "<table class=\"epochs\">\n<tr><th>epoch</th><th>training loss</th><th>validation loss</th>");
    metrics.forEach(name -> html.append("<th>").append(Html.escape(name)).append("</th>"));
    html.append("<th>time</th></tr>\n");
    epochs.forEach(row -> html.append(row(row, metrics)));
    return html.append("</table>\n</div>\n</section>\n").toString();
  }

  private static String row(EpochRow row, Set<String> metrics) {
    StringBuilder html = new StringBuilder("<tr>")
        .append(cell(Integer.toString(row.epoch())))
        .append(cell(Figures.of(row.trainLoss())))
        .append(
            cell(row.validLoss().isPresent() ? Figures.of(row.validLoss().getAsDouble()) : "–"));
    metrics.forEach(name ->
        html.append(cell(Figures.of(row.metrics().getOrDefault(name, Double.NaN)))));
    return html.append(cell(Figures.duration(row.seconds()))).append("</tr>\n").toString();
  }

  private static String cell(String text) {
    return "<td>" + text + "</td>";
  }
}
