package lapidary.trainer.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;

/**
 * A plot of curves with axes, grid and legend, drawn as SVG. Immutable.
 *
 * @param title the heading
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the curves, the first lowest
 * @param marks vertical lines with a label
 * @param parts of the horizontal axis that have names, one after another; none where it is one
 */
public record LinePlot(
    String title, Axis x, Axis y, List<Series> series, List<Mark> marks, List<Part> parts) {
  /**
   * An axis.
   *
   * @param title what it measures, with the unit
   * @param scale how values map to places
   * @param limit the largest value to show, where curves that leave the picture should not squeeze the rest
   */
  public record Axis(String title, Scale scale, Optional<Double> limit) {
    /** An axis that shows every value. */
    public static Axis of(String title, Scale scale) {
      return new Axis(title, scale, Optional.empty());
    }
  }

  /**
   * A dashed vertical line.
   *
   * @param x where
   * @param label what it says
   */
  public record Mark(double x, String label) {}

  /**
   * A part of the horizontal axis, up to the next one or the end.
   *
   * @param from where it begins
   * @param name what it is, shown above it where there is room
   */
  public record Part(double from, String name) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;

  /** Copies the lists. */
  public LinePlot {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
    parts = List.copyOf(parts);
  }

  /** A plot without marks and parts. */
  public static LinePlot of(String title, Axis x, Axis y, List<Series> series) {
    return new LinePlot(title, x, y, series, List.of(), List.of());
  }

  /** This plot with a vertical line at {@code place}. */
  public LinePlot marked(double place, String label) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(new Mark(place, label));
    return new LinePlot(title, x, y, series, more, parts);
  }

  /** This plot with named parts of its horizontal axis. */
  public LinePlot divided(List<Part> changed) {
    return new LinePlot(title, x, y, series, marks, changed);
  }

  /** An SVG element that stands alone or goes into a page; colours follow the page's {@code --plot-…} properties, if any. */
  public String toSvg(int width, int height) {
    Canvas canvas = new Canvas(width, height, title);
    new PlotDrawing(this, width, height).draw(canvas);
    return canvas.toSvg();
  }

  /**
   * Publishes the plot, 760×420 points.
   *
   * @param file ends in {@code .svg}
   * @throws InvalidInputException if the name ends otherwise or the file cannot be written
   */
  public void write(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
      throw new InvalidInputException(
          "plots are SVG, not what " + file + " ends in; name a file that ends in .svg");
    }
    AtomicFile.writeText(file, toSvg(WIDTH, HEIGHT) + "\n");
  }
}
