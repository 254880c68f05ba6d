package lapidary.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Values over time. Not thread-safe. */
final class Series {
  private record Point(double when, double value) {}

  private final List<Point> points = new ArrayList<>();

  void add(double when, double value) {
    points.add(new Point(when, value));
  }

  /** How much the values grow in a unit of time in the second half, by least squares; 0 for fewer than two. */
  double slope() {
    List<Point> half = points.subList(points.size() / 2, points.size());
    double meanWhen = half.stream().mapToDouble(Point::when).average().orElse(0);
    double meanValue = half.stream().mapToDouble(Point::value).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (Point point : half) {
      products += (point.when() - meanWhen) * (point.value() - meanValue);
      squares += (point.when() - meanWhen) * (point.when() - meanWhen);
    }
    return squares == 0 ? 0 : products / squares;
  }
}
