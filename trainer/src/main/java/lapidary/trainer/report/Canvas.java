package lapidary.trainer.report;

import java.util.List;
import java.util.Locale;

/** Something to draw on, in points, x to the right and y down. */
interface Canvas {
  /** The colours of a plot, told apart by readers with any colour vision (Okabe and Ito 2008, a little darker). */
  enum Ink {
    TEXT("#1c2430"),
    MUTED("#667085"),
    GRID("#e6e9ef"),
    FAINT("#b4bcc9"),
    FIRST("#0b6bcb"),
    SECOND("#d1540a"),
    THIRD("#0a8f6c"),
    FOURTH("#a9468f"),
    FIFTH("#8a6d00"),
    SIXTH("#3b3f8f");

    private static final List<Ink> CURVES = List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH);

    private final String light;

    Ink(String light) {
      this.light = light;
    }

    /** The colour on a white ground, as {@code #rrggbb}. */
    String hex() {
      return light;
    }

    /** The name of the page's property that overrides the colour. */
    String property() {
      return "--plot-" + name().toLowerCase(Locale.ROOT);
    }

    /** The colour of the n-th curve. */
    static Ink curve(int n) {
      return CURVES.get(n % CURVES.size());
    }
  }

  /** How a line is drawn. */
  record Pen(Ink ink, double width, boolean dashed) {
    static Pen of(Ink ink, double width) {
      return new Pen(ink, width, false);
    }
  }

  /** Where a text hangs on its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** How a text is set. */
  record Lettering(Ink ink, double size, boolean bold, Anchor anchor) {}

  /** A place on the canvas. */
  record Point(double x, double y) {}

  /** A line through points, two or more. */
  void line(List<Point> points, Pen pen);

  /** A filled disc; the note is shown where the reader points at it, if the medium can. */
  void dot(Point centre, double radius, Ink ink, String note);

  /** A text whose baseline begins, has its middle or ends at a point. */
  void text(Point baseline, String text, Lettering type);

  /** A text that reads upwards, centred at a point. */
  void upwards(Point centre, String text, Lettering type);

  /** What is drawn from here on is cut off outside this rectangle, until {@link #unclip}. */
  void clip(double x, double y, double width, double height);

  /** Ends {@link #clip}. */
  void unclip();
}
