package lapidary.cli.predict;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A comparison for people: what is measured, a column for each file, and what differs. Not thread-safe. */
final class ComparisonTable {
  private static final Map<String, String> MEASURES = Map.of(
      "log_loss", "log loss",
      "rmse", "root mean squared error",
      "mae", "mean absolute error");

  private final FileComparison found;
  private final String model;
  private final String against;
  private final List<Line> lines = new ArrayList<>();

  private record Line(String what, String model, String against, String note) {}

  private ComparisonTable(FileComparison found) {
    this.found = found;
    String ours = name(found.model());
    String theirs = name(found.against());
    boolean alike = ours.equals(theirs);
    model = alike ? found.model() : ours;
    against = alike ? found.against() : theirs;
  }

  static void print(FileComparison found, PrintWriter out) {
    new ComparisonTable(found).print(out);
  }

  private void print(PrintWriter out) {
    Compared compared = found.compared();
    out.printf(
        Locale.ROOT,
        "%s against %s on %s (%s), %d rows%s, %s%n",
        model,
        against,
        compared.data(),
        compared.split(),
        compared.rows(),
        compared.skipped().isEmpty() ? "" : ", " + compared.skipped().size() + " skipped",
        found.device().used());
    add("", model, against, "");
    compared.scores().forEach(this::score);
    found.speed().forEach(this::speed);
    size();
    printLines(out);
    out.println(agreement());
    out.println(largest());
  }

  private void score(String measure, Compared.Pair pair) {
    OptionalDouble points = pair.points();
    String note = points.isPresent()
        ? format("%+.2f points", points.getAsDouble())
        : signed(pair.difference());
    add(
        MEASURES.getOrDefault(measure, measure),
        format("%.4f", pair.model()),
        format("%.4f", pair.against()),
        note);
  }

  private void speed(FileComparison.Speed speed) {
    String rows = speed.batch() == 1 ? "1 row at a time" : speed.batch() + " rows at a time";
    add(
        rows + ", rows/s",
        format("%,.1f", speed.model().rowsPerSecond()),
        format("%,.1f", speed.against().rowsPerSecond()),
        faster(speed.ratio()));
    add(
        "  ms a row",
        format("%.4f", speed.model().millisecondsPerRow()),
        format("%.4f", speed.against().millisecondsPerRow()),
        "");
  }

  private String faster(double ratio) {
    String times = format("%.2f", Math.max(ratio, 1 / ratio));
    return times.equals("1.00")
        ? "equally fast"
        : (ratio > 1 ? model : against) + " is " + times + " times as fast";
  }

  private void size() {
    add(
        "bytes",
        format("%,d", found.size().model()),
        format("%,d", found.size().against()),
        format(
            found.size().ratio() > 1 ? "%.2f times the size" : "%.2f of the size",
            found.size().ratio()));
  }

  private String agreement() {
    Compared.Answers answers = found.compared().answers();
    String what = answers.tolerance().isPresent()
        ? format("numbers at most %.4g apart", answers.tolerance().getAsDouble())
        : "the same most probable class";
    String change = answers.ofNumbers() ? "numbers" : "probabilities";
    return format(
        "%.2f %% of rows have %s; %s differ by %.4g on average",
        100 * answers.agreement(), what, change, answers.meanChange());
  }

  private String largest() {
    Compared.Change change = found.compared().answers().largestChange();
    return "largest change: " + change.row() + ", " + text(change.model()) + " against "
        + text(change.against()) + format(", %.4g apart", change.change())
        + change.changedClass().map(label -> " in " + label).orElse("");
  }

  private static String text(Compared.Given answer) {
    return answer
        .label()
        .map(label -> format("%s (%.4f)", label, answer.value()))
        .orElseGet(() -> format("%.4f", answer.value()));
  }

  private void add(String what, String ours, String theirs, String note) {
    lines.add(new Line(what, ours, theirs, note));
  }

  private void printLines(PrintWriter out) {
    int first = lines.stream().mapToInt(line -> line.what.length()).max().orElse(0);
    int second = lines.stream().mapToInt(line -> line.model.length()).max().orElse(0);
    int third = lines.stream().mapToInt(line -> line.against.length()).max().orElse(0);
    String form = "  %-" + first + "s  %" + second + "s  %" + third + "s  %s";
    lines.forEach(line ->
        out.println(format(form, line.what, line.model, line.against, line.note).stripTrailing()));
  }

  private static String signed(double difference) {
    boolean shows = difference == 0 || Math.abs(difference) >= 5e-5;
    return format(shows ? "%+.4f" : "%+.1e", difference);
  }

  private static String name(String file) {
    return String.valueOf(Path.of(file).getFileName());
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
