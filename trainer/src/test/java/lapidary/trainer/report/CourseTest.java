package lapidary.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

/** What a report says of the course of a run. */
final class CourseTest {
  private static final Course.Phase FROZEN = new Course.Phase("frozen", 1, 0);
  private static final Course.Phase UNFROZEN = new Course.Phase("unfrozen", 3, 20);
  private static final Course.Baseline MEAN =
      new Course.Baseline("the mean of <all>", Map.of("rmse", 1711.0));

  @Test
  void theBestEpochIsMarkedInTheTableAndInTheCurves() {
    String html = html(course(4, OptionalInt.of(2), List.of(), Optional.empty()));
    assertThat(html.split("<tr class=\"best\">", -1)).hasSize(2);
    assertThat(html)
        .contains("<tr class=\"best\"><td><b>best</b> 2</td>", "Best: epoch 2, RMSE 800.0.")
        .contains("best: epoch 2 at epoch 2: 800.00", "best: epoch 2 at epoch 2: 0.80000");
  }

  @Test
  void withoutABestEpochNoneIsMarked() {
    assertThat(html(course(4, OptionalInt.empty(), List.of(), Optional.empty())))
        .doesNotContain("best", "Best");
  }

  @Test
  void phasesAreSeparatedBeforeTheirFirstEpoch() {
    String html = html(course(4, OptionalInt.empty(), List.of(FROZEN, UNFROZEN), Optional.empty()));
    String rule = "<tr class=\"phase\"><th colspan=\"5\">unfrozen</th></tr>\n<tr><td>3</td>";
    assertThat(html).contains(rule, "<th colspan=\"5\">frozen</th></tr>\n<tr><td>1</td>");
    double second = place("training at epoch 2:", html);
    double third = place("training at epoch 3:", html);
    assertThat(verticals(html).get(0)).isCloseTo((second + third) / 2, within(0.11));
    assertThat(verticals(html)).as("losses, the metric and the learning rate").hasSize(3);
  }

  @Test
  void aPhaseThatWasNotReachedIsNotShown() {
    String html = html(course(2, OptionalInt.empty(), List.of(FROZEN, UNFROZEN), Optional.empty()));
    assertThat(html).doesNotContain("frozen");
    assertThat(verticals(html)).isEmpty();
  }

  @Test
  void theBaselineIsNamedAndDrawnAcrossItsMetric() {
    String html = html(course(4, OptionalInt.empty(), List.of(), Optional.of(MEAN)));
    assertThat(html)
        .contains("Without a network, the mean of &lt;all&gt;: RMSE 1711.")
        .contains(">the mean of &lt;all&gt;: 1711<")
        .contains("<td colspan=\"3\">the mean of &lt;all&gt;</td><td>1711</td>");
    Matched level = Matched.of(
        "stroke-dasharray=\"4 4\"[^>]*points=\"([-\\d.]+),([-\\d.]+) ([-\\d.]+),([-\\d.]+)\"",
        html.substring(html.indexOf("<svg x=", html.indexOf("RMSE on the validation rows"))));
    assertThat(level.number(2)).isEqualTo(level.number(4)).isBetween(60.0, 120.0);
    assertThat(level.number(3) - level.number(1)).isGreaterThan(250);
  }

  @Test
  void aBestEpochThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> course(4, OptionalInt.of(5), List.of(), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("epoch 5 cannot be the best of 4");
  }

  private static Course course(
      int epochs, OptionalInt best, List<Course.Phase> phases, Optional<Course.Baseline> baseline) {
    List<EpochRow> rows = IntStream.rangeClosed(1, epochs)
        .mapToObj(i -> new EpochRow(
            i,
            1.0 / i,
            OptionalDouble.of(i == 2 ? 0.8 : 1),
            Map.of("rmse", i == 2 ? 800.0 : 900),
            1))
        .toList();
    StepHistory steps = new StepHistory(List.of(Series.steps("head", new double[40])), List.of());
    return new Course(rows, best, phases, baseline, steps);
  }

  private static String html(Course course) {
    String page = Report.toHtml(new ReportData("t", Map.of(), course, Optional.empty()));
    return page.substring(page.indexOf("<body>"));
  }

  private static double place(String note, String html) {
    return Matched.of("cx=\"([\\d.]+)\"[^>]*><title>" + note, html).number(1);
  }

  /** Where plain lines run straight down. */
  private static List<Double> verticals(String html) {
    return Pattern.compile("points=\"([\\d.]+),([\\d.]+) \\1,([\\d.]+)\"")
        .matcher(html)
        .results()
        .filter(line -> Double.parseDouble(line.group(3)) - Double.parseDouble(line.group(2)) > 50)
        .map(line -> Double.parseDouble(line.group(1)))
        .toList();
  }

  /** The first place where a pattern fits. */
  private record Matched(MatchResult result) {
    static Matched of(String pattern, String text) {
      return new Matched(
          Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow());
    }

    double number(int group) {
      return Double.parseDouble(result.group(group));
    }
  }
}
