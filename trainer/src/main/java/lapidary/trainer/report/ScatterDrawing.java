package lapidary.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.trainer.report.Canvas.Ink;
import lapidary.trainer.report.Canvas.Pen;
import lapidary.trainer.report.Canvas.Point;
import lapidary.trainer.report.Canvas.Wash;

/** Predicted against true numbers: each row as a point, or many rows as cells shaded by how many they hold. */
final class ScatterDrawing {
  static final int WIDTH = 400;
  static final int HEIGHT = 400;

  /** More rows than these are counted by cells. */
  static final int MOST_POINTS = 600;

  /** Cells along a side: at most their square is drawn. */
  static final int CELLS = 44;

  private static final int SHADES = 8;

  private final NumberAnswers answers;
  private final double[] distinct;
  private final Span span;
  private final Frame frame;

  ScatterDrawing(NumberAnswers answers) {
    this.answers = answers;
    this.distinct = evenlySpaced(answers.distinctTruths(CELLS / 2));
    this.span = span();
    this.frame = new Frame(span, span, Frame.BELOW_HEADING, WIDTH, HEIGHT);
  }

  String toSvg() {
    String heading = "Predicted against true " + answers.target();
    Canvas canvas = new Canvas(WIDTH, HEIGHT, heading);
    frame.draw(canvas, heading, "true " + answers.target(), "predicted " + answers.target());
    if (answers.rows() <= MOST_POINTS) {
      canvas.specks(points(), 4, new Wash(Ink.FIRST, 0.6));
    } else {
      drawCells(canvas, density());
    }
    canvas.line(
        List.of(new Point(frame.left(), frame.bottom()), new Point(frame.right(), frame.top())),
        new Pen(Ink.SECOND, 1.5, true));
    return canvas.toSvg();
  }

  /** Truths of equal steps, such as stars, get a column of cells each. */
  private double[] evenlySpaced(double[] truths) {
    boolean even = truths.length > 1 && answers.scale() != Scale.MAGNITUDE;
    double step = even ? (truths[truths.length - 1] - truths[0]) / (truths.length - 1) : 0;
    for (int i = 1; i < truths.length && even; i++) {
      even = Math.abs(truths[i] - truths[i - 1] - step) < 1e-6 * step;
    }
    return even ? truths : new double[0];
  }

  /** One for both axes. */
  private Span span() {
    Span all = Span.of(LinePlot.Axis.of(answers.target(), answers.scale()), answers.values(), 0.03);
    if (distinct.length == 0) {
      return all;
    }
    double step = distinct[1] - distinct[0];
    double below = Math.max(0.5, Math.ceil((distinct[0] - all.low()) / step - 0.5) + 0.5);
    double above =
        Math.max(0.5, Math.ceil((all.high() - distinct[distinct.length - 1]) / step - 0.5) + 0.5);
    return new Span(
        answers.scale(), distinct[0] - below * step, distinct[distinct.length - 1] + above * step);
  }

  private List<Point> points() {
    return IntStream.range(0, answers.rows())
        .mapToObj(i -> new Point(
            frame.horizontal(answers.scale().place(answers.truth(i))),
            frame.vertical(answers.scale().place(answers.predicted(i)))))
        .toList();
  }

  private Density density() {
    long columns = distinct.length == 0
        ? CELLS
        : Math.round((span.high() - span.low()) / (distinct[1] - distinct[0]));
    double[] right = new double[answers.rows()];
    double[] high = new double[answers.rows()];
    for (int i = 0; i < right.length; i++) {
      right[i] = span.share(answers.scale().place(answers.truth(i)));
      high[i] = span.share(answers.scale().place(answers.predicted(i)));
    }
    return Density.of((int) Math.min(CELLS, columns), CELLS, right, high);
  }

  private void drawCells(Canvas canvas, Density density) {
    double width = (frame.right() - frame.left()) / density.across();
    double height = (frame.bottom() - frame.top()) / density.up();
    for (int shade = 1; shade <= SHADES; shade++) {
      List<Point> corners = new ArrayList<>();
      for (int row = 0; row < density.up(); row++) {
        for (int column = 0; column < density.across(); column++) {
          if (shade(density.count(column, row), density.most()) == shade) {
            corners.add(
                new Point(frame.left() + column * width, frame.bottom() - (row + 1) * height));
          }
        }
      }
      if (!corners.isEmpty()) {
        double opacity = 0.2 + 0.8 * (shade - 1) / (SHADES - 1);
        canvas.boxes(corners, width, height, new Wash(Ink.FIRST, opacity));
      }
    }
  }

  /** 1 to {@value #SHADES} by the root of the count, which keeps cells of few rows visible; 0 for an empty one. */
  private static int shade(int count, int most) {
    return (int) Math.ceil(SHADES * Math.sqrt((double) count / most));
  }
}
