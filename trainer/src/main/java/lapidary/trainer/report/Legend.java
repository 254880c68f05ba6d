package lapidary.trainer.report;

import java.util.ArrayList;
import java.util.List;
import lapidary.trainer.report.Canvas.Anchor;
import lapidary.trainer.report.Canvas.Ink;
import lapidary.trainer.report.Canvas.Lettering;
import lapidary.trainer.report.Canvas.Pen;
import lapidary.trainer.report.Canvas.Point;

/** The names of curves beside a piece of each, in as many rows as they need. */
final class Legend {
  private static final double ROW = 18;
  private static final double SAMPLE = 22;
  private static final double GAP = 18;

  /** A curve, how it is drawn, and where its sample begins. */
  private record Entry(String name, Series.Look look, Ink ink, Point at) {}

  private final List<Entry> entries = new ArrayList<>();
  private final double width;
  private Point next = new Point(Frame.MARGIN, 46);

  private Legend(double width) {
    this.width = width;
  }

  /** One curve alone needs no legend. */
  static Legend of(List<Series> series, List<Ink> inks, int width) {
    Legend legend = new Legend(width - 2 * Frame.MARGIN);
    for (int i = 0; i < series.size() && series.size() > 1; i++) {
      legend.add(series.get(i), inks.get(i));
    }
    return legend;
  }

  private void add(Series series, Ink ink) {
    int most = (int) ((width - SAMPLE) / Frame.LETTER);
    String name =
        series.name().length() > most ? series.name().substring(0, most - 1) + "…" : series.name();
    double wide = SAMPLE + Frame.LETTER * name.length();
    if (next.x() > Frame.MARGIN && next.x() + wide > Frame.MARGIN + width) {
      next = new Point(Frame.MARGIN, next.y() + ROW);
    }
    entries.add(new Entry(name, series.look(), ink, next));
    next = new Point(next.x() + wide + GAP, next.y());
  }

  /** Where the picture may begin. */
  double bottom() {
    return entries.isEmpty() ? Frame.BELOW_HEADING : next.y() + ROW;
  }

  void draw(Canvas canvas) {
    for (Entry entry : entries) {
      Point from = new Point(entry.at().x(), entry.at().y() - 4);
      if (entry.look() == Series.Look.RING) {
        canvas.ring(new Point(from.x() + 8, from.y()), 5, entry.ink(), entry.name());
      } else {
        canvas.line(
            List.of(from, new Point(from.x() + 16, from.y())),
            new Pen(entry.ink(), 2.5, entry.look() == Series.Look.LEVEL));
      }
      canvas.text(
          new Point(entry.at().x() + SAMPLE, entry.at().y()),
          entry.name(),
          new Lettering(Ink.MUTED, 12, false, Anchor.START));
    }
  }
}
