package lapidary.trainer.report;

import java.util.Arrays;
import java.util.Locale;

/** Predicted against true numbers, their residuals, and how far off they are, in words. */
final class NumberSection {
  private final NumberAnswers answers;
  private final double[] residuals;

  private NumberSection(NumberAnswers answers) {
    this.answers = answers;
    this.residuals = answers.residuals();
  }

  static String html(NumberAnswers answers) {
    return answers.rows() == 0
        ? "<section>\n<h2>Answers</h2>\n<p class=\"quiet\">No validation row has an answer that can be"
            + " drawn.</p>\n</section>\n"
        : new NumberSection(answers).html();
  }

  private String html() {
    return "<section>\n<h2>Answers</h2>\n<p class=\"quiet\">On the dashed lines an answer is right"
        + (answers.rows() > ScatterDrawing.MOST_POINTS
            ? "; the stronger a cell's colour, the more rows it holds"
            : "")
        + ". The outermost bars hold what lies beyond them, too.</p>\n"
        + "<div class=\"plots\">\n<figure>\n"
        + new ScatterDrawing(answers).toSvg()
        + "\n</figure>\n<figure>\n"
        + ResidualDrawing.of(residuals, answers).toSvg()
        + "\n</figure>\n"
        + facts()
        + "</div>\n</section>\n";
  }

  private String facts() {
    double[] sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    StringBuilder html = new StringBuilder("<dl class=\"facts\">\n")
        .append(fact("validation rows", String.format(Locale.ROOT, "%,d", answers.rows())));
    if (answers.leftOut() > 0) {
      html.append(fact("without a place", String.format(Locale.ROOT, "%,d", answers.leftOut())));
    }
    double mean = Arrays.stream(residuals).average().orElseThrow();
    return html.append(fact("half of them within", distance(sizes[(sizes.length - 1) / 2])))
        .append(fact("nine in ten within", distance(sizes[(int) (0.9 * (sizes.length - 1))])))
        .append(fact("all within", distance(sizes[sizes.length - 1])))
        .append(fact(
            isRatio() ? "mean ratio to the truth" : "mean difference",
            Figures.of(isRatio() ? Math.pow(10, mean) : mean)))
        .append("</dl>\n")
        .toString();
  }

  private boolean isRatio() {
    return answers.scale() == Scale.MAGNITUDE;
  }

  private String distance(double size) {
    return isRatio() ? "a factor of " + Figures.of(Math.pow(10, size)) : Figures.of(size);
  }

  private static String fact(String name, String value) {
    return "<div><dt>" + Html.escape(name) + "</dt><dd>" + Html.escape(value) + "</dd></div>\n";
  }
}
