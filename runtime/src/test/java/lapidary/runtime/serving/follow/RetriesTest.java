package lapidary.runtime.serving.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetriesTest {
  @Test
  void theWaitForAnotherTryDoublesUpToAMinute() {
    Retries retries = new Retries(Duration.ofSeconds(10));
    Optional<String> refusal = Optional.of("the device is busy");
    assertThat(retries.due()).isFalse();
    assertThat(retries.tried(refusal, false)).isTrue();
    List<Integer> looks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int count = 1;
      while (!retries.due()) {
        count++;
      }
      looks.add(count);
      assertThat(retries.tried(refusal, true)).as("told once").isFalse();
    }
    assertThat(looks).containsExactly(1, 2, 4, 6, 6, 6);
    assertThat(retries.tried(refusal, false)).as("another file").isTrue();
    assertThat(retries.tried(Optional.empty(), true)).isTrue();
    assertThat(retries.pending()).isFalse();
  }
}
