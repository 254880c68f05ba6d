package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UlpsTest {
  @Test
  void everyDistanceIsInTheClassThatItsBoundsName() {
    Ulps counted = Ulps.of(0, 1, 2, 3, 4, 7, 8, 15, 16, 63, 64, Long.MAX_VALUE);
    assertThat(counted.counts()).containsExactly(1L, 1L, 2L, 2L, 2L, 2L, 2L);
    assertThat(counted.and(Ulps.of(0, 5)).counts()).containsExactly(2L, 1L, 2L, 3L, 2L, 2L, 2L);
    assertThat(counted.total()).isEqualTo(12);
  }

  @Test
  void sharesNeverRoundToAllOrNone() {
    long[] distances = new long[10_000];
    distances[17] = 3;
    assertThat(Ulps.of(distances)).hasToString("0: 99.9 %, 2-3: under 0.1 %");
    assertThat(Ulps.of(0, 0)).hasToString("0: all");
    assertThat(Ulps.NONE).hasToString("");
  }

  @Test
  void anotherNumberOfClassesIsRefused() {
    assertThatThrownBy(() -> new Ulps(List.of(1L, 2L)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("in 7 classes, not 2");
  }
}
