package lapidary.search.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AnglesTest {
  @Test
  void anglesAreThoseOfTheLibraryTo1e7() {
    double worst = 0;
    for (int i = -100_000; i <= 100_000; i++) {
      double cosine = i / 1e5;
      worst = Math.max(worst, Math.abs(Angles.angle(cosine) - Math.acos(cosine)));
    }
    assertThat(worst).isLessThan(1e-7);
    assertThat(Angles.angle(1)).isZero();
    assertThat(Angles.angle(Math.nextDown(1.)))
        .isCloseTo(Math.acos(Math.nextDown(1.)), within(1e-7));
    assertThat(Angles.angle(-1)).isEqualTo(Math.PI);
  }
}
