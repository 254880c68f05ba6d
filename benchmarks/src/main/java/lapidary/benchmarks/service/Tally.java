package lapidary.benchmarks.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of answer came, and how long it took. Thread-safe. */
final class Tally {
  private final Map<String, Waits> waits = new TreeMap<>();

  /** Milliseconds, in the order of coming. */
  private static final class Waits {
    private double[] millis = new double[64];
    private int count;

    void add(double wait) {
      if (count == millis.length) {
        millis = Arrays.copyOf(millis, 2 * count);
      }
      millis[count++] = wait;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(millis, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  synchronized void add(String kind, double millis) {
    waits.computeIfAbsent(kind, unused -> new Waits()).add(millis);
  }

  @Override
  public synchronized String toString() {
    StringBuilder lines = new StringBuilder();
    waits.forEach((kind, found) -> lines.append(line(kind, found.sorted())));
    return lines.toString();
  }

  private static String line(String kind, double[] sorted) {
    return String.format(
        Locale.ROOT,
        "  %s: %,d, ms p50 %.1f, p99 %.1f, most %.1f%n",
        kind,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * .99)],
        sorted[sorted.length - 1]);
  }
}
