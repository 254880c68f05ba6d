package lapidary.trainer.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.trainer.metric.MetricTitle;

/** The history: its last row in large letters, and all of it as a table. */
final class EpochSection {
  private final Course course;

  private EpochSection(Course course) {
    this.course = course;
  }

  /** The last epoch's figures, and what to compare them with. */
  static String headline(Course course) {
    return course.epochs().isEmpty()
        ? "<p class=\"quiet\">No epoch has ended yet.</p>\n"
        : new EpochSection(course).headline();
  }

  private String headline() {
    List<EpochRow> epochs = course.epochs();
    EpochRow last = epochs.get(epochs.size() - 1);
    StringBuilder html = new StringBuilder("<p class=\"quiet\">")
        .append(Html.escape(summary(last)))
        .append("</p>\n<div class=\"tiles\">\n");
    last.metrics()
        .forEach((name, value) -> html.append(tile(MetricTitle.of(name), Figures.of(value))));
    last.validLoss().ifPresent(loss -> html.append(tile("validation loss", Figures.of(loss))));
    html.append(tile("training loss", Figures.of(last.trainLoss())));
    html.append(tile(epochs.size() == 1 ? "epoch" : "epochs", Integer.toString(last.epoch())));
    double seconds = epochs.stream().mapToDouble(EpochRow::seconds).sum();
    return html.append(tile("time", Figures.duration(seconds)))
        .append("</div>\n")
        .toString();
  }

  private String summary(EpochRow last) {
    StringBuilder text = new StringBuilder("After epoch " + last.epoch() + ".");
    course
        .bestRow()
        .ifPresent(best -> text.append(" Best: epoch " + best.epoch())
            .append(ranked(", ", best.metrics()))
            .append("."));
    course
        .baseline()
        .ifPresent(baseline -> text.append(" Without a network, " + baseline.answer())
            .append(ranked(": ", baseline.metrics()))
            .append("."));
    return text.toString();
  }

  /** The metric that ranks the epochs, after something else. */
  private String ranked(String after, Map<String, Double> metrics) {
    return course.metrics().stream()
        .findFirst()
        .flatMap(name -> Optional.ofNullable(metrics.get(name))
            .map(value -> after + MetricTitle.of(name) + " " + Figures.of(value)))
        .orElse("");
  }

  private static String tile(String name, String value) {
    return "<div><b>" + Html.escape(value) + "</b><span>" + Html.escape(name) + "</span></div>\n";
  }

  /** Every epoch, one a row. */
  static String table(Course course) {
    return course.epochs().isEmpty() ? "" : new EpochSection(course).table();
  }

  private String table() {
    StringBuilder html = new StringBuilder(
        "<section>\n<h2>Epochs</h2>\n<div class=\"wide\">\n"
            + "<table class=\"epochs\">\n<tr><th>epoch</th><th>training loss</th><th>validation loss</th>");
    course
        .metrics()
        .forEach(name ->
            html.append("<th>").append(Html.escape(MetricTitle.of(name))).append("</th>"));
    html.append("<th>time</th></tr>\n");
    for (EpochRow row : course.epochs()) {
      html.append(phase(row)).append(row(row));
    }
    course.baseline().ifPresent(baseline -> html.append(row(baseline)));
    return html.append("</table>\n</div>\n</section>\n").toString();
  }

  /** The rule above the first epoch of a phase, with its name. */
  private String phase(EpochRow row) {
    return course.reached().stream()
        .filter(phase -> phase.firstEpoch() == row.epoch())
        .map(phase -> "<tr class=\"phase\"><th colspan=\"" + (course.metrics().size() + 4) + "\">"
            + Html.escape(phase.name()) + "</th></tr>\n")
        .findFirst()
        .orElse("");
  }

  private String row(EpochRow row) {
    boolean best = course.best().isPresent() && course.best().getAsInt() == row.epoch();
    StringBuilder html = new StringBuilder(best ? "<tr class=\"best\">" : "<tr>")
        .append(cell((best ? "<b>best</b> " : "") + row.epoch()))
        .append(cell(Figures.of(row.trainLoss())))
        .append(
            cell(row.validLoss().isPresent() ? Figures.of(row.validLoss().getAsDouble()) : "–"));
    course
        .metrics()
        .forEach(name ->
            html.append(cell(Figures.of(row.metrics().getOrDefault(name, Double.NaN)))));
    return html.append(cell(Figures.duration(row.seconds()))).append("</tr>\n").toString();
  }

  private String row(Course.Baseline baseline) {
    StringBuilder html = new StringBuilder("<tr class=\"baseline\"><td colspan=\"3\">")
        .append(Html.escape(baseline.answer()))
        .append("</td>");
    course
        .metrics()
        .forEach(name -> html.append(cell(
            Optional.ofNullable(baseline.metrics().get(name)).map(Figures::of).orElse("–"))));
    return html.append(cell("–")).append("</tr>\n").toString();
  }

  private static String cell(String text) {
    return "<td>" + text + "</td>";
  }
}
