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
  private static final int MOST_DOTS = 40;
  private static final double NAMES_OF_PARTS = 16;

  private final LinePlot plot;
  private final List<Ink> inks;
  private final Legend legend;
  private final Frame frame;

  PlotDrawing(LinePlot plot, int width, int height) {
    this.plot = plot;
    this.inks = inks(plot.series());
    this.legend = Legend.of(plot.series(), inks, width);
    this.frame = new Frame(
        Span.of(plot.x(), points(plot, true), 0.01),
        Span.of(plot.y(), points(plot, false), 0.06),
        legend.bottom() + (plot.parts().isEmpty() ? 0 : NAMES_OF_PARTS),
        width,
        height);
  }

  private static double[] points(LinePlot plot, boolean horizontal) {
    return plot.series().stream()
        .flatMapToDouble(series -> IntStream.range(0, series.size())
            .filter(i -> Double.isFinite(series.y(i)))
            .mapToDouble(i -> horizontal ? series.x(i) : series.y(i)))
        .toArray();
  }

  private static List<Ink> inks(List<Series> all) {
    List<Ink> inks = new ArrayList<>();
    int curves = 0;
    for (Series series : all) {
      inks.add(
          switch (series.look()) {
            case STRONG -> Ink.curve(curves++);
            case FAINT -> Ink.FAINT;
            case LEVEL -> Ink.MUTED;
            case RING -> Ink.THIRD;
          });
    }
    return inks;
  }

  void draw(Canvas canvas) {
    frame.draw(canvas, plot.title(), plot.x().title(), plot.y().title());
    legend.draw(canvas);
    drawParts(canvas);
    double margin = 4;
    canvas.clip(
        frame.left(),
        frame.top() - margin,
        frame.right() - frame.left() + margin,
        frame.bottom() - frame.top() + 2 * margin);
    for (int i = 0; i < plot.series().size(); i++) {
      drawSeries(canvas, plot.series().get(i), inks.get(i));
    }
    canvas.unclip();
    plot.marks().forEach(mark -> drawMark(canvas, mark));
  }

  private void drawSeries(Canvas canvas, Series series, Ink ink) {
    switch (series.look()) {
      case STRONG -> drawCurve(canvas, series, Pen.of(ink, 2));
      case FAINT -> drawCurve(canvas, series, Pen.of(ink, 1));
      case LEVEL -> drawLevel(canvas, series, ink);
      case RING -> drawRings(canvas, series, ink);
    }
  }

  private void drawCurve(Canvas canvas, Series series, Pen pen) {
    Series thin = series.thinned((int) (frame.right() - frame.left()));
    List<Point> piece = new ArrayList<>();
    for (int i = 0; i < thin.size(); i++) {
      Point point = point(thin.x(i), thin.y(i));
      if (Double.isFinite(point.x()) && Double.isFinite(point.y())) {
        piece.add(point);
      } else {
        drawPiece(canvas, piece, pen);
      }
    }
    drawPiece(canvas, piece, pen);
    if (series.size() <= MOST_DOTS && series.look() == Series.Look.STRONG) {
      drawDots(canvas, series, pen.ink());
    }
  }

  private static void drawPiece(Canvas canvas, List<Point> piece, Pen pen) {
    if (piece.size() > 1) {
      canvas.line(piece, pen);
    }
    piece.clear();
  }

  private void drawDots(Canvas canvas, Series series, Ink ink) {
    for (int i = 0; i < series.size(); i++) {
      Point point = point(series.x(i), series.y(i));
      if (Double.isFinite(point.y())) {
        canvas.dot(point, 3, ink, note(series, i));
      }
    }
  }

  private void drawRings(Canvas canvas, Series series, Ink ink) {
    for (int i = 0; i < series.size(); i++) {
      Point point = point(series.x(i), series.y(i));
      if (Double.isFinite(point.y())) {
        canvas.ring(point, 6, ink, note(series, i));
      }
    }
  }

  private String note(Series series, int i) {
    return String.format(
        Locale.ROOT,
        "%s at %s %s: %.5g",
        series.name(),
        plot.x().title(),
        plot.x().scale().label(series.x(i)),
        series.y(i));
  }

  private void drawLevel(Canvas canvas, Series series, Ink ink) {
    double at = frame.vertical(plot.y().scale().place(series.y(0)));
    if (Double.isFinite(at)) {
      canvas.line(
          List.of(new Point(frame.left(), at), new Point(frame.right(), at)),
          new Pen(ink, 1.5, true));
    }
  }

  /** A line where a part begins, and its name above it if there is room. */
  private void drawParts(Canvas canvas) {
    Lettering type = new Lettering(Ink.MUTED, 12, false, Anchor.MIDDLE);
    for (int i = 0; i < plot.parts().size(); i++) {
      double from = i == 0 ? frame.left() : horizontal(plot.parts().get(i).from());
      double to = i + 1 == plot.parts().size()
          ? frame.right()
          : horizontal(plot.parts().get(i + 1).from());
      String name = plot.parts().get(i).name();
      if (i > 0) {
        canvas.line(
            List.of(new Point(from, frame.top() - NAMES_OF_PARTS), new Point(from, frame.bottom())),
            Pen.of(Ink.FAINT, 1));
      }
      if (Frame.LETTER * name.length() <= to - from) {
        canvas.text(new Point((from + to) / 2, frame.top() - 6), name, type);
      }
    }
  }

  private void drawMark(Canvas canvas, LinePlot.Mark mark) {
    double at = horizontal(mark.x());
    boolean leftHalf = at < (frame.left() + frame.right()) / 2;
    canvas.line(
        List.of(new Point(at, frame.top()), new Point(at, frame.bottom())),
        new Pen(Ink.SECOND, 1.5, true));
    canvas.text(
        new Point(at + (leftHalf ? 7 : -7), frame.top() + 12),
        mark.label(),
        new Lettering(Ink.SECOND, 12, true, leftHalf ? Anchor.START : Anchor.END));
  }

  private double horizontal(double value) {
    return frame.horizontal(plot.x().scale().place(value));
  }

  private Point point(double valueX, double valueY) {
    return new Point(horizontal(valueX), frame.vertical(plot.y().scale().place(valueY)));
  }
}
