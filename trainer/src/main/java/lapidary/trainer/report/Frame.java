package lapidary.trainer.report;

import java.util.List;
import lapidary.trainer.report.Canvas.Anchor;
import lapidary.trainer.report.Canvas.Ink;
import lapidary.trainer.report.Canvas.Lettering;
import lapidary.trainer.report.Canvas.Pen;
import lapidary.trainer.report.Canvas.Point;

/** The heading and the axes of a plot, and where places lie between them. */
final class Frame {
  static final double MARGIN = 14;

  /** About the width of a letter of 12 points. */
  static final double LETTER = 6.8;

  /** Where the picture begins below a heading alone. */
  static final double BELOW_HEADING = 44;

  private final Span x;
  private final Span y;
  private final double top;
  private final double left;
  private final double right;
  private final double height;

  Frame(Span x, Span y, double top, int width, int height) {
    this.x = x;
    this.y = y;
    this.top = top;
    this.height = height;
    int letters =
        y.ticks().stream().mapToInt(tick -> tick.label().length()).max().orElse(1);
    this.left = 34 + LETTER * letters;
    this.right = width - 20;
  }

  double left() {
    return left;
  }

  double right() {
    return right;
  }

  double top() {
    return top;
  }

  double bottom() {
    return height - 48;
  }

  void draw(Canvas canvas, String heading, String titleX, String titleY) {
    canvas.text(new Point(MARGIN, 24), heading, new Lettering(Ink.TEXT, 15, true, Anchor.START));
    drawRows(canvas);
    drawColumns(canvas);
    Lettering title = new Lettering(Ink.MUTED, 12, false, Anchor.MIDDLE);
    canvas.text(new Point((left + right) / 2, height - 10), titleX, title);
    canvas.upwards(new Point(17, (top + bottom()) / 2), titleY, title);
  }

  private void drawRows(Canvas canvas) {
    Lettering label = new Lettering(Ink.MUTED, 12, false, Anchor.END);
    for (Scale.Tick tick : y.ticks()) {
      double at = vertical(tick.place());
      canvas.line(List.of(new Point(left, at), new Point(right, at)), Pen.of(Ink.GRID, 1));
      canvas.text(new Point(left - 8, at + 4), tick.label(), label);
    }
  }

  /** A label that would touch the one before it is left out. */
  private void drawColumns(Canvas canvas) {
    Lettering label = new Lettering(Ink.MUTED, 12, false, Anchor.MIDDLE);
    double free = 0;
    for (Scale.Tick tick : x.ticks()) {
      double at = horizontal(tick.place());
      double half = LETTER * tick.label().length() / 2;
      canvas.line(
          List.of(new Point(at, bottom()), new Point(at, bottom() + 4)), Pen.of(Ink.MUTED, 1));
      if (at - half >= free) {
        canvas.text(new Point(at, bottom() + 18), tick.label(), label);
        free = at + half + LETTER;
      }
    }
    canvas.line(
        List.of(new Point(left, bottom()), new Point(right, bottom())), Pen.of(Ink.MUTED, 1));
  }

  double horizontal(double place) {
    return left + x.share(place) * (right - left);
  }

  double vertical(double place) {
    return bottom() - y.share(place) * (bottom() - top);
  }
}
