package lapidary.search.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentTextTest {
  private static long micros(String instant) {
    Instant moment = Instant.parse(instant);
    return moment.getEpochSecond() * 1_000_000 + moment.get(ChronoField.MICRO_OF_SECOND);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27, 2026-11-27T00:00:00Z, 2026-11-27T23:59:59.999999Z",
    "2024-02-29, 2024-02-29T00:00:00Z, 2024-02-29T23:59:59.999999Z",
    "0001-01-01, 0001-01-01T00:00:00Z, 0001-01-01T23:59:59.999999Z",
    "2026-11-27T09:30, 2026-11-27T09:30:00Z, 2026-11-27T09:30:00Z",
    "2026-11-27T09:30:15, 2026-11-27T09:30:15Z, 2026-11-27T09:30:15Z",
    "2026-11-27 09:30:15Z, 2026-11-27T09:30:15Z, 2026-11-27T09:30:15Z",
    "2026-11-27t09:30:15.25z, 2026-11-27T09:30:15.25Z, 2026-11-27T09:30:15.25Z",
    "2026-11-27T00:30:15.123456789+01:30, 2026-11-26T23:00:15.123456Z, 2026-11-26T23:00:15.123456Z",
    "1969-12-31T23:59:59.5-00:00, 1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z"
  })
  void readsDatesAndMoments(String text, String first, String last) {
    assertThat(MomentText.of(text)).contains(new MomentText(micros(first), micros(last)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-11",
        "2026-13-01",
        "2026-02-30",
        "2026-11-27T24:01",
        "2026-11-27T09",
        "2026-11-27T09:30:60Z",
        "2026-11-27T09:30+19:00",
        "2026-11-27Z",
        "27.11.2026",
        "2026-11-27 and more",
        "٢٠٢٦-11-27"
      })
  void otherTextsAreTexts(String text) {
    assertThat(MomentText.of(text)).isEmpty();
  }
}
