package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

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
}
