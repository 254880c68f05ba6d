package lapidary.search.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLimitsTest {
  /** What all requests may take together, by what each takes at most, stays within the memory given. */
  @ParameterizedTest
  @CsvSource({"64, 2", "384, 2", "384, 16", "768, 2", "6144, 64"})
  void allThatIsAllowedAtOnceFits(long mebibytes, int workers) {
    ServerLimits limits = limits(mebibytes << 20, workers);
    long trees = 30L * limits.jsonBytes() * limits.largeWorkers();
    long pictures = 8L * limits.pixels() * limits.largeWorkers();
    long small = (30L * ServerLimits.SMALL_BODY + 3L * limits.answerBytes()) * limits.workers();
    assertThat(Math.max(trees, pictures)).isLessThanOrEqualTo(limits.memory() / 3);
    assertThat(small).isLessThanOrEqualTo(limits.memory() / 3);
    assertThat(limits.onTheWay()).isLessThanOrEqualTo(limits.memory() / 3);
  }

  /** A heap of 512 MiB, as the documentation names it, holds a photo of 12 million pixels. */
  @Test
  void theHeapThatIsNamedServesPhotos() {
    ServerLimits limits = limits(384L << 20, 2);
    assertThat(limits.pixels()).isGreaterThan(4032 * 3024);
    assertThat(limits.jsonBytes()).isEqualTo(4 << 20);
    assertThat(limits.answerBytes()).isEqualTo(16 << 20);
    assertThat(limits.connections()).isEqualTo(6144);
  }

  @Test
  void limitsThatLetNothingThroughAreRefused() {
    assertThatThrownBy(() -> limits(1000, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1000 bytes of memory let nothing through");
    assertThatThrownBy(() -> limits(1 << 20, 0)).isInstanceOf(InvalidInputException.class);
  }

  private static ServerLimits limits(long memory, int workers) {
    Duration time = Duration.ofSeconds(30);
    return new ServerLimits(1 << 20, workers, 64, time, time, memory);
  }
}
