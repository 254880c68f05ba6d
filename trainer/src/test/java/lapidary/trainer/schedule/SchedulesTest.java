package lapidary.trainer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Hand-worked values. */
final class SchedulesTest {
  @Test
  void oneCycleRisesToThePeakAndFallsFarBelowTheStart() {
    // 20 steps: peak at step 0.3·20 − 1 = 5; half way up at 2.5, half way down at 5 + 14/2 = 12.
    OneCycle cycle = OneCycle.DEFAULT;
    assertThat(cycle.rateFactor(0, 20)).isCloseTo(1 / 25.0, within(1e-12));
    assertThat(cycle.rateFactor(5, 20)).isCloseTo(1, within(1e-12));
    assertThat(cycle.rateFactor(12, 20)).isCloseTo((1 + 1 / 25e4) / 2, within(1e-12));
    assertThat(cycle.rateFactor(19, 20)).isCloseTo(1 / 25e4, within(1e-12));
    // cos(π/5) = .809017: .04 + .96·(1 − .809017)/2.
    assertThat(cycle.rateFactor(1, 20)).isCloseTo(0.131672, within(1e-6));
  }

  @Test
  void oneCycleMomentumGoesAgainstTheRate() {
    OneCycle cycle = OneCycle.DEFAULT;
    assertThat(cycle.momentum(0, 20)).hasValue(0.95);
    assertThat(cycle.momentum(5, 20)).hasValue(0.85);
    assertThat(cycle.momentum(12, 20).orElseThrow()).isCloseTo(0.90, within(1e-12));
    assertThat(cycle.momentum(19, 20).orElseThrow()).isCloseTo(0.95, within(1e-12));
  }

  @Test
  void oneCycleOfFewStepsStaysWithinItsBounds() {
    for (int steps = 1; steps < 8; steps++) {
      for (int step = 0; step < steps; step++) {
        assertThat(OneCycle.DEFAULT.rateFactor(step, steps)).isBetween(1 / 25e4 - 1e-12, 1.0);
        assertThat(OneCycle.DEFAULT.momentum(step, steps).orElseThrow())
            .isBetween(0.85, 0.95 + 1e-12);
      }
    }
  }

  @Test
  void stepFallsAtEachPart() {
    assertThat(factors(Schedule.step(3, 0.5), 6)).containsExactly(1, 1, 0.5, 0.5, 0.25, 0.25);
  }

  @Test
  void annealingsEndWhereTheySay() {
    assertThat(factors(Schedule.linear(), 5)).containsExactly(1, 0.75, 0.5, 0.25, 0);
    assertThat(Schedule.cosine().rateFactor(1, 5))
        .isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
    assertThat(Schedule.cosine().rateFactor(4, 5)).isZero();
    assertThat(Schedule.exponential(0.01).rateFactor(1, 3)).isCloseTo(0.1, within(1e-12));
    assertThat(factors(Schedule.constant(), 2)).containsExactly(1, 1);
    assertThat(Schedule.constant().momentum(0, 2)).isEmpty();
  }

  @Test
  void ratesOfGroups() {
    assertThat(LearningRates.all(3).of(2)).containsExactly(3, 3);
    assertThat(LearningRates.slice(3).of(3)).containsExactly(1, 1, 3);
    assertThat(LearningRates.slice(1e-5, 1e-3).of(3))
        .containsExactly(new double[] {1e-5, 1e-4, 1e-3}, within(1e-15));
    assertThat(LearningRates.slice(1e-5, 1e-3).of(1)).containsExactly(1e-3);
    assertThat(LearningRates.slice(1e-5, 1e-3).text()).isEqualTo("slice(1.0E-5,0.001)");
  }

  @Test
  void ratesAreReadAsTheyAreWritten() {
    for (LearningRates rates : java.util.List.of(
        LearningRates.all(1e-3), LearningRates.slice(3e-3), LearningRates.slice(1e-5, 1e-3))) {
      assertThat(LearningRates.parse(rates.text())).isEqualTo(rates);
    }
    assertThatThrownBy(() -> LearningRates.parse("slice(a)"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("learning rate \"slice(a)\"; give a number");
  }

  @Test
  void impossibleNumbersAndUnknownNamesAreRefused() {
    assertThatThrownBy(() -> LearningRates.all(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("learning rate 0.0; give a positive number");
    assertThatThrownBy(() -> Schedule.named("one-cicle"))
        .hasMessageContaining("did you mean \"one-cycle\"");
    assertThat(Schedule.named("cosine").name()).isEqualTo("cosine");
  }

  private static double[] factors(Schedule schedule, int steps) {
    return IntStream.range(0, steps)
        .mapToDouble(i -> schedule.rateFactor(i, steps))
        .toArray();
  }
}
