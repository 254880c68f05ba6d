package lapidary.trainer.report;

import java.util.Arrays;
import java.util.List;
import lapidary.trainer.report.Canvas.Ink;
import lapidary.trainer.report.Canvas.Pen;
import lapidary.trainer.report.Canvas.Point;

/** How many answers are how far from the truth. */
final class ResidualDrawing {
  /** Odd, so that right answers are in the middle of a bar. */
  static final int BARS = 31;

  /** The share of rows that the bars reach to; the outermost hold the others. */
  private static final double SHOWN = 0.99;

  private final Histogram bars;
  private final String unit;
  private final Scale scale;
  private final Frame frame;

  private ResidualDrawing(Histogram bars, String unit, Scale scale) {
    this.bars = bars;
    this.unit = unit;
    this.scale = scale;
    int most = bars.most();
    this.frame = new Frame(
        new Span(scale, -bars.reach(), bars.reach()),
        new Span(Scale.COUNT, 0, most * 1.05),
        Frame.BELOW_HEADING,
        ScatterDrawing.WIDTH,
        ScatterDrawing.HEIGHT);
  }

  /**
   * The drawing.
   *
   * @param residuals by {@link NumberAnswers#residuals}, at least one
   */
  static ResidualDrawing of(double[] residuals, NumberAnswers answers) {
    double[] sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    double reach = sizes[(int) Math.ceil(SHOWN * (sizes.length - 1))];
    Histogram bars = Histogram.of(residuals, reach > 0 ? reach : 1, BARS);
    boolean ratio = answers.scale() == Scale.MAGNITUDE;
    return new ResidualDrawing(
        bars,
        ratio ? "predicted ÷ true " + answers.target() : "predicted − true " + answers.target(),
        answers.scale());
  }

  String toSvg() {
    Canvas canvas = new Canvas(ScatterDrawing.WIDTH, ScatterDrawing.HEIGHT, "Residuals");
    frame.draw(canvas, "Residuals", unit, "validation rows");
    for (int bar = 0; bar < bars.bins(); bar++) {
      if (bars.count(bar) > 0) {
        drawBar(canvas, bar);
      }
    }
    double right = frame.horizontal(0);
    canvas.line(
        List.of(new Point(right, frame.top()), new Point(right, frame.bottom())),
        new Pen(Ink.SECOND, 1.5, true));
    return canvas.toSvg();
  }

  private void drawBar(Canvas canvas, int bar) {
    double left = frame.horizontal(bars.edge(bar));
    double right = frame.horizontal(bars.edge(bar + 1));
    double top = frame.vertical(bars.count(bar));
    canvas.bar(new Point(left + 0.5, top), right - left - 1, frame.bottom() - top, note(bar));
  }

  private String note(int bar) {
    String rows = bars.count(bar) == 1 ? "1 row" : bars.count(bar) + " rows";
    if (bar == 0) {
      return rows + " up to " + value(bars.edge(1));
    }
    return bar == BARS - 1
        ? rows + " from " + value(bars.edge(bar))
        : rows + " from " + value(bars.edge(bar)) + " to " + value(bars.edge(bar + 1));
  }

  private String value(double edge) {
    return Figures.of(scale == Scale.MAGNITUDE ? Math.pow(10, edge) : edge);
  }
}
