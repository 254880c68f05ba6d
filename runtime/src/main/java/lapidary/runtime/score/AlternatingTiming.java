package lapidary.runtime.score;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times two runs by turns in one process: the one for a while, then the other, and so on, so that a machine that gets slower meanwhile
 * slows both. The first turns of each warm up and do not count; what counts is the median of the others. A turn is one run or as many
 * as fill it. Thread-safe, but nothing else should run meanwhile.
 *
 * @param turn nanoseconds that a turn lasts at least
 * @param least turns of each that count, at least 1
 * @param enough nanoseconds after which no turns are added to these
 * @param clock nanoseconds from any moment on
 */
public record AlternatingTiming(long turn, int least, long enough, LongSupplier clock) {
  private static final int WARM_UP = 2;
  private static final int MOST = 101;

  /** Turns of 20 ms, at least five of each, a second together where runs are short. */
  public static final AlternatingTiming STANDARD =
      new AlternatingTiming(20_000_000, 5, 1_000_000_000, System::nanoTime);

  /**
   * Times two runs.
   *
   * @param rows that a run has, for the result
   */
  public SpeedComparison of(int rows, Runnable model, Runnable against) {
    for (int i = 0; i < WARM_UP; i++) {
      turn(model);
      turn(against);
    }
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    long start = clock.getAsLong();
    while (ours.size() < least || (ours.size() < MOST && clock.getAsLong() - start < enough)) {
      ours.add(turn(model));
      theirs.add(turn(against));
    }
    return new SpeedComparison(
        rows,
        SpeedComparison.Speed.of(rows, median(ours)),
        SpeedComparison.Speed.of(rows, median(theirs)));
  }

  /** Nanoseconds a run. */
  private double turn(Runnable run) {
    long start = clock.getAsLong();
    long elapsed;
    int runs = 0;
    do {
      run.run();
      runs++;
      elapsed = clock.getAsLong() - start;
    } while (elapsed < turn);
    return (double) elapsed / runs;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
