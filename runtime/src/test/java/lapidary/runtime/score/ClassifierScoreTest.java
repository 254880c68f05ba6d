package lapidary.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ClassifierScoreTest {
  @Test
  void scoresAreThoseWorkedOutByHand() {
    ClassifierScore score = ClassifierScore.of(
        List.of(new float[] {.75f, .25f}, new float[] {.5f, .5f}, new float[] {.125f, .875f}),
        new int[] {0, 1, 1});
    assertThat(score.accuracy()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(score.logLoss())
        .isCloseTo(-(Math.log(.75) + Math.log(.5) + Math.log(.875)) / 3, within(1e-12));
    assertThat(score.auc()).hasValue(1);
    assertThat(score.count()).isEqualTo(3);
  }

  /** On a thread of its own: a loop without an end cannot be interrupted. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aProbabilityThatIsNotANumberIsNamedInsteadOfScored() {
    for (float spoilt : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> ClassifierScore.of(
              List.of(new float[] {.5f, .5f}, new float[] {spoilt, .5f}), new int[] {0, 1}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("the model answers " + spoilt + " for row 1, class 0");
    }
  }
}
