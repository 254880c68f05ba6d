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
 */
public record LinePlot(String title, Axis x, Axis y, List<Series> series, List<Mark> marks) {
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

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;

  /** Copies the lists. */
  public LinePlot {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
  }

  /** A plot without marks. */
  public static LinePlot of(String title, Axis x, Axis y, List<Series> series) {
    return new LinePlot(title, x, y, series, List.of());
  }

  /** This plot with a vertical line at {@code place}. */
  public LinePlot marked(double place, String label) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(new Mark(place, label));
    return new LinePlot(title, x, y, series, more);
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
