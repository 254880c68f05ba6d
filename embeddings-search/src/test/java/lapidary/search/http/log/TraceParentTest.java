package lapidary.search.http.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of the W3C's own test suite for services (trace-context, test/test.py), and the example of its specification. */
final class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @Test
  void theExampleOfTheSpecificationIsRead() {
    assertThat(TraceParent.of(List.of("00-" + TRACE + "-" + PARENT + "-01")))
        .hasValue(new TraceParent(TRACE, PARENT, 1));
    assertThat(TraceParent.of(List.of("00-" + TRACE + "-" + PARENT + "-ff")))
        .hasValue(new TraceParent(TRACE, PARENT, 255));
  }

  /** What they hold behind the flags is unknown, and passed over. */
  @ParameterizedTest
  @ValueSource(
      strings = {"cc-%s-%s-01", "cc-%s-%s-01-what-the-future-will-be-like", "cc-%s-%s-01-"})
  void laterVersionsAreReadAsFarAsThisOneIsInThem(String form) {
    assertThat(TraceParent.of(List.of(form.formatted(TRACE, PARENT))))
        .hasValue(new TraceParent(TRACE, PARENT, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-%s-%s",
        "00-%s-%s-01-",
        "00-%s-%s-01-what-the-future-will-be-like",
        "00-%s-%s-01.",
        "cc-%s-%s-01.what-the-future-will-not-be-like",
        "ff-%s-%s-01",
        "0-%s-%s-01",
        "000-%s-%s-01",
        "0x-%s-%s-01",
        "00-%s-%s-1",
        "00-%s-%s-001",
        "00-%s-%s-0x",
        " 00-%s-%s-01",
        "00-%s-%s-01 ",
        "00 %s %s 01"
      })
  void malformedOnesAreAsIfNotSent(String form) {
    assertThat(TraceParent.of(List.of(form.formatted(TRACE, PARENT)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-00000000000000000000000000000000-1234567890123456-01",
        "00-12345678901234567890123456789012-0000000000000000-01",
        "00-.2345678901234567890123456789012-1234567890123456-01",
        "00-12345678901234567890123456789012-123456789012345.-01",
        "00-1234567890123456789012345678901-1234567890123456-01",
        "00-123456789012345678901234567890123-1234567890123456-01",
        "00-12345678901234567890123456789012-12345678901234567-01",
        "00-ABCDEF78901234567890123456789012-1234567890123456-01"
      })
  void idsAreOfTheirLengthInLowerCaseAndNotAllZero(String header) {
    assertThat(TraceParent.of(List.of(header))).isEmpty();
  }

  @Test
  void noneOrSeveralAreNone() {
    String one = "00-" + TRACE + "-" + PARENT + "-01";
    assertThat(TraceParent.of(List.of())).isEmpty();
    assertThat(TraceParent.of(List.of(one, one))).isEmpty();
  }
}
