package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RocAreaTest {
  @Test
  void theAreaIsTheShareOfPairsInOrder() {
    Random random = new Random(3);
    double[] scores = new double[301];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = random.nextInt(3) == 0;
      // Few different scores, so that many are equal.
      scores[i] = random.nextInt(7) + (positive[i] ? 1 : 0);
    }
    double won = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? .5 : 0;
          pairs++;
        }
      }
    }
    assertThat(RocArea.of(scores, row -> positive[row])).isCloseTo(won / pairs, within(1e-12));
  }

  @Test
  void oneClassAloneHasNoArea() {
    assertThat(RocArea.of(new double[] {1, 2}, row -> true)).isNaN();
    assertThat(RocArea.of(new double[] {1, 2}, row -> row == 1)).isEqualTo(1);
  }

  /** On a thread of its own: a loop without an end cannot be interrupted. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aScoreThatIsNotANumberHasNoPlaceInAnOrder() {
    assertThat(RocArea.of(new double[] {1, Double.NaN, 2}, row -> row == 1)).isNaN();
    assertThat(RocArea.of(new double[] {Double.NaN, Double.NaN}, row -> row == 1))
        .isNaN();
  }

  @Test
  void infiniteScoresAreInOrder() {
    double[] scores = {
      Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    // Pairs: 0 beats −∞ twice and loses to +∞; −∞ ties with −∞.
    assertThat(RocArea.of(scores, row -> row == 1 || row == 3))
        .isCloseTo((1 + 0 + .5 + 0) / 4, within(1e-12));
  }
}
