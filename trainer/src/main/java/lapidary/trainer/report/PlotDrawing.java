package lapidary.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import lapidary.trainer.report.Canvas.Anchor;
import lapidary.trainer.report.Canvas.Ink;
import lapidary.trainer.report.Canvas.Lettering;
import lapidary.trainer.report.Canvas.Pen;
import lapidary.trainer.report.Canvas.Point;

/** Lays a {@link LinePlot} out on a canvas of a size. */
final class PlotDrawing {
  private static final double MARGIN = 16;
  private static final double LETTER = 6.6;
  private static final int MOST_DOTS = 40;

  private final LinePlot plot;
  private final Span x;
  private final Span y;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;
  private final double height;

  PlotDrawing(LinePlot plot, int width, int height) {
    this.plot = plot;
    this.x = Span.of(plot.x(), points(plot, true), 0.01);
    this.y = Span.of(plot.y(), points(plot, false), 0.06);
    this.height = height;
    this.top = plot.series().size() > 1 ? 62 : 44;
    int letters =
        y.ticks().stream().mapToInt(tick -> tick.label().length()).max().orElse(1);
    this.left = 34 + LETTER * letters;
    this.right = width - 22;
    this.bottom = height - 46;
  }

  private static double[] points(LinePlot plot, boolean horizontal) {
    return plot.series().stream()
        .flatMapToDouble(series -> IntStream.range(0, series.size())
            .filter(i -> Double.isFinite(series.y(i)))
            .mapToDouble(i -> horizontal ? series.x(i) : series.y(i)))
        .toArray();
  }

  void draw(Canvas canvas) {
    canvas.text(
        new Point(MARGIN, 24), plot.title(), new Lettering(Ink.TEXT, 15, true, Anchor.START));
    if (plot.series().size() > 1) {
      drawLegend(canvas);
    }
    drawGrid(canvas);
    canvas.clip(left, top - 4, right - left + 4, bottom - top + 8);
    int colour = 0;
    for (Series series : plot.series()) {
      drawSeries(canvas, series, ink(series, colour));
      colour += series.look() == Series.Look.STRONG ? 1 : 0;
    }
    canvas.unclip();
    plot.marks().forEach(mark -> drawMark(canvas, mark));
  }

  private static Ink ink(Series series, int colour) {
    return series.look() == Series.Look.FAINT ? Ink.FAINT : Ink.curve(colour);
  }

  private void drawLegend(Canvas canvas) {
    double place = MARGIN;
    int colour = 0;
    for (Series series : plot.series()) {
      Ink ink = ink(series, colour);
      canvas.line(List.of(new Point(place, 42), new Point(place + 16, 42)), Pen.of(ink, 2.5));
      canvas.text(
          new Point(place + 22, 46),
          series.name(),
          new Lettering(Ink.MUTED, 12, false, Anchor.START));
      place += 44 + LETTER * series.name().length();
      colour += series.look() == Series.Look.STRONG ? 1 : 0;
    }
  }

  private void drawGrid(Canvas canvas) {
    Lettering label = new Lettering(Ink.MUTED, 11, false, Anchor.MIDDLE);
    for (Scale.Tick tick : y.ticks()) {
      double at = vertical(tick.place());
      canvas.line(List.of(new Point(left, at), new Point(right, at)), Pen.of(Ink.GRID, 1));
      canvas.text(
          new Point(left - 8, at + 4),
          tick.label(),
          new Lettering(Ink.MUTED, 11, false, Anchor.END));
    }
    for (Scale.Tick tick : x.ticks()) {
      double at = horizontal(tick.place());
      canvas.line(List.of(new Point(at, bottom), new Point(at, bottom + 4)), Pen.of(Ink.MUTED, 1));
      canvas.text(new Point(at, bottom + 18), tick.label(), label);
    }
    canvas.line(List.of(new Point(left, bottom), new Point(right, bottom)), Pen.of(Ink.MUTED, 1));
    Lettering title = new Lettering(Ink.MUTED, 12, false, Anchor.MIDDLE);
    canvas.text(new Point((left + right) / 2, height - 9), plot.x().title(), title);
    canvas.upwards(new Point(18, (top + bottom) / 2), plot.y().title(), title);
  }

  private void drawSeries(Canvas canvas, Series series, Ink ink) {
    Series thin = series.thinned((int) (right - left));
    List<Point> piece = new ArrayList<>();
    for (int i = 0; i < thin.size(); i++) {
      Point point = point(thin.x(i), thin.y(i));
      if (Double.isFinite(point.x()) && Double.isFinite(point.y())) {
        piece.add(point);
      } else {
        drawPiece(canvas, piece, series, ink);
      }
    }
    drawPiece(canvas, piece, series, ink);
    if (series.size() <= MOST_DOTS && series.look() == Series.Look.STRONG) {
      drawDots(canvas, series, ink);
    }
  }

  private static void drawPiece(Canvas canvas, List<Point> piece, Series series, Ink ink) {
    if (piece.size() > 1) {
      canvas.line(piece, Pen.of(ink, series.look() == Series.Look.FAINT ? 1 : 2));
    }
    piece.clear();
  }

  private void drawDots(Canvas canvas, Series series, Ink ink) {
    for (int i = 0; i < series.size(); i++) {
      Point point = point(series.x(i), series.y(i));
      if (Double.isFinite(point.y())) {
        canvas.dot(
            point,
            3,
            ink,
            String.format(
                Locale.ROOT,
                "%s at %s %s: %.5g",
                series.name(),
                plot.x().title(),
                plot.x().scale().label(series.x(i)),
                series.y(i)));
      }
    }
  }

  private void drawMark(Canvas canvas, LinePlot.Mark mark) {
    double at = horizontal(plot.x().scale().place(mark.x()));
    boolean leftHalf = at < (left + right) / 2;
    canvas.line(List.of(new Point(at, top), new Point(at, bottom)), new Pen(Ink.SECOND, 1.5, true));
    canvas.text(
        new Point(at + (leftHalf ? 7 : -7), top + 12),
        mark.label(),
        new Lettering(Ink.SECOND, 12, true, leftHalf ? Anchor.START : Anchor.END));
  }

  private Point point(double valueX, double valueY) {
    return new Point(
        horizontal(plot.x().scale().place(valueX)), vertical(plot.y().scale().place(valueY)));
  }

  private double horizontal(double place) {
    return left + x.share(place) * (right - left);
  }

  private double vertical(double place) {
    return bottom - y.share(place) * (bottom - top);
  }
}
