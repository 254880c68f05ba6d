package lapidary.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws into an SVG element. */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder();

  SvgCanvas(int width, int height, String title) {
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

  @Override
  public void line(List<Point> points, Pen pen) {
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

  @Override
  public void dot(Point centre, double radius, Ink ink, String note) {
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

  @Override
  public void text(Point baseline, String text, Lettering type) {
    text(text, type, "x=\"" + number(baseline.x()) + "\" y=\"" + number(baseline.y()) + "\"");
  }

  @Override
  public void upwards(Point centre, String text, Lettering type) {
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

  /** A nested picture cuts off what leaves it, and needs no name that two plots of a page could share. */
  @Override
  public void clip(double x, double y, double width, double height) {
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

  @Override
  public void unclip() {
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
