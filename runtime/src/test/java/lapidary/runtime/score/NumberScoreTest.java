package lapidary.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

final class NumberScoreTest {
  @Test
  void errorsAreThoseWorkedOutByHand() {
    NumberScore score = NumberScore.of(new float[] {3, 8, 1}, new float[] {2, 10, 0});
    assertThat(score.mse()).isCloseTo((1 + 4 + 1) / 3.0, within(1e-12));
    assertThat(score.rmse()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(score.mae()).isCloseTo(4 / 3.0, within(1e-12));
    // The row of truth 0 has no relative error.
    assertThat(score.mape()).isCloseTo((.5 + .2) / 2, within(1e-12));
    assertThat(score.rmspe()).isCloseTo(Math.sqrt((.25 + .04) / 2), within(1e-12));
    assertThat(score.count()).isEqualTo(3);
  }

  @Test
  void numbersWithoutTheirTruthAreRefused() {
    assertThatThrownBy(() -> NumberScore.of(new float[2], new float[3]))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> NumberScore.of(new float[0], new float[0]))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void whatIsNotANumberIsNamedInsteadOfScored() {
    for (float spoilt : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> NumberScore.of(new float[] {1, spoilt}, new float[] {1, 0}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("the model answers " + spoilt + " for row 1");
      assertThatThrownBy(() -> NumberScore.of(new float[] {1, 2}, new float[] {spoilt, 1}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("the true number of row 0 is " + spoilt);
    }
  }
}
