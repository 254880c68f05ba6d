package lapidary.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

final class NumberAnswersTest {
  private static final Pattern SPECK = Pattern.compile("M([-\\d.]+) ([-\\d.]+)h0");
  private static final Pattern CELL = Pattern.compile("M([-\\d.]+) ([-\\d.]+)h[\\d.]+v");
  private static final Pattern DASHED = Pattern.compile(
      "stroke-dasharray=\"4 4\"[^>]*points=\"([-\\d.]+),([-\\d.]+) ([-\\d.]+),([-\\d.]+)\"");

  @Test
  void pointsLieOnTheDashedLineOrAsFarFromItAsTheAnswerIsOff() {
    String html = linear(new double[] {10, 20, 40}, new double[] {10, 40, 20}).html();
    double[] line = numbers(DASHED, html).get(0);
    List<double[]> specks = numbers(SPECK, html);
    assertThat(specks).hasSize(3);
    double right = line[2] - line[0];
    double high = line[1] - line[3];
    double[] shareX = specks.stream().mapToDouble(p -> (p[0] - line[0]) / right).toArray();
    double[] shareY = specks.stream().mapToDouble(p -> (line[1] - p[1]) / high).toArray();
    assertThat(shareX[0]).isCloseTo(shareY[0], within(2e-3)).isLessThan(0.05);
    assertThat(shareX[1]).as("20 predicted as 40").isCloseTo(shareY[2], within(2e-3));
    assertThat(shareY[1]).isCloseTo(shareX[2], within(2e-3)).isGreaterThan(0.95);
    assertThat(shareX[1] - shareX[0])
        .as("a third of the way from 10 to 40")
        .isCloseTo((shareX[2] - shareX[0]) / 3, within(3e-3));
  }

  @Test
  void aLogarithmicTargetHasEvenDecadesAndRatios() {
    NumberAnswers answers = NumberAnswers.of(
        "Sales", Scale.MAGNITUDE, new double[] {10, 100, 1000}, new double[] {20, 50, 1000});
    List<double[]> specks = numbers(SPECK, answers.html());
    assertThat(specks.get(1)[0] - specks.get(0)[0])
        .isCloseTo(specks.get(2)[0] - specks.get(1)[0], within(0.11))
        .isGreaterThan(100);
    assertThat(answers.html())
        .contains("predicted ÷ true Sales", "<dt>all within</dt><dd>a factor of 2.000</dd>")
        .contains("<dt>mean ratio to the truth</dt><dd>1.000</dd>")
        .contains(">1\u2009000<");
  }

  @Test
  void aMillionRowsAreAFewCellsAndEqualRowsEqualBytes() {
    NumberAnswers many = random(1_000_000);
    String html = many.html();
    assertThat(numbers(SPECK, html)).isEmpty();
    assertThat(numbers(CELL, html))
        .hasSizeGreaterThan(100)
        .hasSizeLessThanOrEqualTo(ScatterDrawing.CELLS * ScatterDrawing.CELLS);
    assertThat(html.split("<rect", -1)).hasSizeLessThanOrEqualTo(ResidualDrawing.BARS + 1);
    assertThat(html.length()).isLessThan(60_000);
    assertThat(random(1_000_000).html()).isEqualTo(html);
  }

  @Test
  void eachOfAFewEvenTruthsHasItsOwnColumn() {
    double[] truth = IntStream.range(0, 1000).mapToDouble(i -> 1 + i % 5).toArray();
    double[] predicted =
        IntStream.range(0, 1000).mapToDouble(i -> 1 + i % 97 * 0.04).toArray();
    String html = linear(truth, predicted).html();
    assertThat(numbers(CELL, html).stream().map(cell -> cell[0]).distinct()).hasSize(5);
  }

  @Test
  void residualsAreInTheTargetsUnit() {
    String html = linear(new double[] {1, 2, 3, 4}, new double[] {1, 4, 3, 3}).html();
    assertThat(html)
        .contains("predicted − true price", "<dt>half of them within</dt><dd>0.0000</dd>")
        .contains("<dt>all within</dt><dd>2.000</dd>", "<dt>mean difference</dt><dd>0.2500</dd>")
        .contains("<title>2 rows from ", "<title>1 row from ");
  }

  @Test
  void barsCountByHandWithZeroInTheMiddleAndOutliersAtTheEnds() {
    Histogram bars = Histogram.of(new double[] {-9, -1, -0.3, 0, 0.3, 1, 9}, 1, 3);
    assertThat(IntStream.range(0, 3).map(bars::count)).containsExactly(2, 3, 2);
    assertThat(bars.edge(0)).isEqualTo(-1);
    assertThat(bars.edge(1)).isCloseTo(-1 / 3.0, within(1e-12));
    assertThat(bars.edge(3)).isEqualTo(1);
  }

  @Test
  void cellsCountByHand() {
    Density cells = Density.of(2, 3, new double[] {0, 0.4, 0.6, 1}, new double[] {0, 0.2, 0.5, 1});
    assertThat(cells.count(0, 0)).isEqualTo(2);
    assertThat(cells.count(1, 1)).isEqualTo(1);
    assertThat(cells.count(1, 2)).isEqualTo(1);
    assertThat(cells.most()).isEqualTo(2);
    assertThat(cells.up()).isEqualTo(3);
  }

  @Test
  void rowsWithoutAPlaceAreCountedAndLeftOut() {
    NumberAnswers answers =
        NumberAnswers.of("y", Scale.MAGNITUDE, new double[] {1, 2, 3, 0}, new double[] {
          1, Double.NaN, Double.POSITIVE_INFINITY, 4
        });
    assertThat(answers.rows()).isEqualTo(1);
    assertThat(answers.html())
        .contains("<dt>without a place</dt><dd>3</dd>")
        .doesNotContain("NaN", "Infinity");
    assertThat(NumberAnswers.of("y", Scale.LINEAR, new double[0], new double[0]).html())
        .contains("No validation row has an answer that can be drawn.");
  }

  @Test
  void rightAnswersAndEqualOnesCanBeDrawn() {
    for (int rows : new int[] {1, 700}) {
      double[] same = new double[rows];
      Arrays.fill(same, 7);
      assertThat(linear(same, same).html())
          .contains("<dt>all within</dt><dd>0.0000</dd>")
          .doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void otherNumbersOfAnswersThanRowsAreRefused() {
    assertThatThrownBy(() -> linear(new double[2], new double[3]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 rows have 3 predictions");
  }

  private static NumberAnswers linear(double[] truth, double[] predicted) {
    return NumberAnswers.of("price", Scale.LINEAR, truth, predicted);
  }

  private static NumberAnswers random(int rows) {
    SplittableRandom random = new SplittableRandom(7);
    double[] truth = random.doubles(rows).toArray();
    double[] predicted = Arrays.stream(truth)
        .map(value -> value + 0.4 * (random.nextDouble() - 0.5))
        .toArray();
    return linear(truth, predicted);
  }

  private static List<double[]> numbers(Pattern pattern, String html) {
    return pattern.matcher(html).results().map(NumberAnswersTest::groups).toList();
  }

  private static double[] groups(MatchResult match) {
    return IntStream.rangeClosed(1, match.groupCount())
        .mapToDouble(group -> Double.parseDouble(match.group(group)))
        .toArray();
  }
}
