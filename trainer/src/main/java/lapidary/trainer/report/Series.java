package lapidary.trainer.report;

import java.util.Arrays;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/** A named curve of points. Points that are not finite leave a gap. Immutable: arrays are copied in. */
public final class Series {
  /** How a curve is drawn. */
  enum Look {
    /** A line in a colour of its own. */
    STRONG,
    /** A thin grey line behind the others: raw values under their smoothed curve. */
    FAINT,
    /** A dashed line across the whole picture at one height. */
    LEVEL,
    /** A ring around each point: those of a curve that stand out. */
    RING
  }

  private final String name;
  private final Look look;
  private final double[] x;
  private final double[] y;

  private Series(String name, Look look, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new InvalidInputException("curve " + name + " has " + x.length + " places and "
          + y.length + " values; give each place one value");
    }
    this.name = name;
    this.look = look;
    this.x = x;
    this.y = y;
  }

  /** A curve through (x, y). */
  public static Series of(String name, double[] x, double[] y) {
    return new Series(name, Look.STRONG, x.clone(), y.clone());
  }

  /** A curve through (0, y[0]), (1, y[1]), …: one value a step. */
  public static Series steps(String name, double[] y) {
    double[] x = new double[y.length];
    Arrays.setAll(x, i -> i);
    return new Series(name, Look.STRONG, x, y.clone());
  }

  /** A dashed line across the whole picture, such as what is to be surpassed. */
  static Series level(String name, double y) {
    return new Series(name, Look.LEVEL, new double[] {Double.NaN}, new double[] {y});
  }

  /** A ring around one point. */
  static Series ring(String name, double x, double y) {
    return new Series(name, Look.RING, new double[] {x}, new double[] {y});
  }

  /** This curve, drawn thin and grey. */
  public Series faint() {
    return new Series(name, Look.FAINT, x, y);
  }

  /** The curve's name, as the legend shows it. */
  public String name() {
    return name;
  }

  /** The number of points. */
  public int size() {
    return x.length;
  }

  Look look() {
    return look;
  }

  double x(int i) {
    return x[i];
  }

  double y(int i) {
    return y[i];
  }

  /**
   * This curve with at most about {@code 2·buckets} points that draw the same picture: of each bucket of neighbours the lowest and
   * the highest.
   */
  Series thinned(int buckets) {
    if (size() <= 2 * buckets) {
      return this;
    }
    int[] kept = IntStream.range(0, buckets)
        .flatMap(
            b -> extremes((int) ((long) b * size() / buckets), (int) ((b + 1L) * size() / buckets)))
        .toArray();
    return new Series(
        name,
        look,
        Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> y[i]).toArray());
  }

  private IntStream extremes(int from, int to) {
    int low = from;
    int high = from;
    for (int i = from; i < to; i++) {
      low = y[i] < y[low] ? i : low;
      high = y[i] > y[high] ? i : high;
    }
    return IntStream.of(Math.min(low, high), Math.max(low, high)).distinct();
  }
}
