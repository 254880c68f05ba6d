package lapidary.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Timing by turns, with a clock that stands still but for what runs say that they took. */
final class AlternatingTimingTest {
  private static final long MILLISECOND = 1_000_000;

  private final List<String> ran = new ArrayList<>();
  private long now;

  private AlternatingTiming timing(long turn, int least, long enough) {
    return new AlternatingTiming(turn * MILLISECOND, least, enough * MILLISECOND, () -> now);
  }

  /** A run that takes so many milliseconds, by how many runs there were before. */
  private Runnable run(String name, LongUnaryOperator milliseconds) {
    return () -> {
      now += milliseconds.applyAsLong(ran.size()) * MILLISECOND;
      ran.add(name);
    };
  }

  @Test
  void turnsAlternateAndAreFilledWithRuns() {
    timing(10, 2, 0).of(1, run("a", i -> 4), run("b", i -> 25));
    // Two turns each to warm up, then two that count.
    assertThat(String.join("", ran)).isEqualTo("aaab".repeat(4));
  }

  @Test
  void rowsASecondAreThoseOfTheMedianTurn() {
    SpeedComparison found = timing(1, 5, 0).of(32, run("a", i -> 4), run("b", i -> 10));
    assertThat(found.rows()).isEqualTo(32);
    assertThat(found.model().rowsPerSecond()).isEqualTo(8_000, within(1e-6));
    assertThat(found.model().millisecondsPerRow()).isEqualTo(.125, within(1e-12));
    assertThat(found.against().rowsPerSecond()).isEqualTo(3_200, within(1e-6));
    assertThat(found.ratio()).isEqualTo(2.5, within(1e-9));
  }

  @Test
  void aMachineThatGetsSlowerSlowsBoth() {
    SpeedComparison found =
        timing(1, 9, 0).of(1, run("a", i -> 10 * (1 + i)), run("b", i -> 20 * (1 + i)));
    // One after the other it would be four times as long and more.
    assertThat(found.ratio()).isBetween(2.0, 2.2);
  }

  @Test
  void aPauseInOneTurnAndTheFirstRunsDoNotCount() {
    SpeedComparison found =
        timing(1, 5, 0).of(1, run("a", i -> i < 4 || i == 8 ? 5_000 : 2), run("b", i -> 2));
    assertThat(found.ratio()).isEqualTo(1, within(1e-9));
  }

  @Test
  void shortRunsAreTimedUntilThereIsEnough() {
    timing(10, 2, 100).of(1, run("a", i -> 10), run("b", i -> 10));
    assertThat(ran).hasSize(4 + 10);
    ran.clear();
    timing(1, 2, 1_000_000).of(1, run("a", i -> 1), run("b", i -> 1));
    assertThat(ran).as("there is an end to it").hasSize(4 + 2 * 101);
  }
}
