package lapidary.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws into an SVG element, in points, x to the right and y down. */
final class Canvas {
  /** The colours of a plot, told apart by readers with any colour vision. */
  enum Ink {
    TEXT("#1b1c1e"),
    MUTED("#63666c"),
    GRID("#e3e2de"),
    FAINT("#b3b5ba"),
    FIRST("#2f6fdb"),
    SECOND("#c9541d"),
    THIRD("#1f8a55"),
    FOURTH("#b8459a"),
    FIFTH("#8f6f0d"),
    SIXTH("#5a5ad6");

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
    circle(centre, radius, "style=\"fill:" + colour(ink), note);
  }

  /** A ring; the note is shown where the reader points at it. */
  void ring(Point centre, double radius, Ink ink, String note) {
    circle(centre, radius, "fill=\"none\" stroke-width=\"2\" style=\"stroke:" + colour(ink), note);
  }

  private void circle(Point centre, double radius, String look, String note) {
    svg.append("<circle cx=\"")
        .append(number(centre.x()))
        .append("\" cy=\"")
        .append(number(centre.y()))
        .append("\" r=\"")
        .append(number(radius))
        .append("\" ")
        .append(look)
        .append("\"><title>")
        .append(Html.escape(note))
        .append("</title></circle>\n");
  }

  /** Small discs, all alike, as one element: thousands stay small. */
  void specks(List<Point> centres, double diameter, Wash wash) {
    shape(
        "stroke",
        wash,
        " fill=\"none\" stroke-linecap=\"round\" stroke-width=\"" + number(diameter) + "\"",
        centres,
        "h0");
  }

  /** Boxes of one size by their upper left corners, as one element. */
  void boxes(List<Point> corners, double width, double height, Wash wash) {
    shape(
        "fill",
        wash,
        "",
        corners,
        "h" + number(width) + "v" + number(height) + "h-" + number(width) + "z");
  }

  /** How an area is painted: a colour, and how much of what lies below it is hidden, 0 to 1. */
  record Wash(Ink ink, double opacity) {}

  private void shape(String paint, Wash wash, String pen, List<Point> places, String piece) {
    svg.append("<path ")
        .append(paint)
        .append("-opacity=\"")
        .append(number(wash.opacity()))
        .append('"')
        .append(pen)
        .append(" style=\"")
        .append(paint)
        .append(":")
        .append(colour(wash.ink()))
        .append("\" d=\"");
    places.forEach(place -> svg.append('M')
        .append(number(place.x()))
        .append(' ')
        .append(number(place.y()))
        .append(piece));
    svg.append("\"/>\n");
  }

  /** A bar; the note is shown where the reader points at it. */
  void bar(Point corner, double width, double height, String note) {
    svg.append("<rect x=\"")
        .append(number(corner.x()))
        .append("\" y=\"")
        .append(number(corner.y()))
        .append("\" width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\" style=\"fill:")
        .append(colour(Ink.FIRST))
        .append("\"><title>")
        .append(Html.escape(note))
        .append("</title></rect>\n");
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
