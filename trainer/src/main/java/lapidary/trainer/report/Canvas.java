package lapidary.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws into an SVG element, in points, x to the right and y down. */
final class Canvas {
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

  private final StringBuilder svg = new StringBuilder();

  Canvas(int width, int height, String title) {
    svg.append(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\""
            + " font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif\">\n",
        width,
        height,
        Html.escape(title)));
  }

  String toSvg() {
    return svg + "</svg>";
  }

  /** A line through points, two or more. */
  void line(List<Point> points, Pen pen) {
    String path = points.stream()
        .map(point -> number(point.x()) + "," + number(point.y()))
        .collect(Collectors.joining(" "));
    svg.append(
            "<polyline fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke-width=\"")
        .append(number(pen.width()))
        .append(pen.dashed() ? "\" stroke-dasharray=\"4 4" : "")
        .append("\" style=\"stroke:")
        .append(colour(pen.ink()))
        .append("\" points=\"")
        .append(path)
        .append("\"/>\n");
  }

  /** A filled disc; the note is shown where the reader points at it. */
  void dot(Point centre, double radius, Ink ink, String note) {
    svg.append("<circle cx=\"")
        .append(number(centre.x()))
        .append("\" cy=\"")
        .append(number(centre.y()))
        .append("\" r=\"")
        .append(number(radius))
        .append("\" style=\"fill:")
        .append(colour(ink))
        .append("\"><title>")
        .append(Html.escape(note))
        .append("</title></circle>\n");
  }

  /** A text whose baseline begins, has its middle or ends at a point. */
  void text(Point baseline, String text, Lettering type) {
    text(text, type, "x=\"" + number(baseline.x()) + "\" y=\"" + number(baseline.y()) + "\"");
  }

  /** A text that reads upwards, centred at a point. */
  void upwards(Point centre, String text, Lettering type) {
    text(
        text,
        type,
        "transform=\"translate(" + number(centre.x()) + " " + number(centre.y())
            + ") rotate(-90)\"");
  }

  private void text(String text, Lettering type, String place) {
    svg.append("<text ")
        .append(place)
        .append(" font-size=\"")
        .append(number(type.size()))
        .append(type.bold() ? "\" font-weight=\"600" : "")
        .append("\" text-anchor=\"")
        .append(type.anchor().name().toLowerCase(Locale.ROOT))
        .append("\" style=\"fill:")
        .append(colour(type.ink()))
        .append("\">")
        .append(Html.escape(text))
        .append("</text>\n");
  }

  /**
   * What is drawn from here on is cut off outside this rectangle, until {@link #unclip}. A nested picture does that, and needs no
   * name that two plots of a page could share.
   */
  void clip(double x, double y, double width, double height) {
    String box = number(x) + " " + number(y) + " " + number(width) + " " + number(height);
    svg.append("<svg x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\" viewBox=\"")
        .append(box)
        .append("\">\n");
  }

  /** Ends {@link #clip}. */
  void unclip() {
    svg.append("</svg>\n");
  }

  private static String colour(Ink ink) {
    return "var(" + ink.property() + "," + ink.hex() + ")";
  }

  /** Tenths of a point, without a trailing zero. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
