package lapidary.search.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallingPageTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // origin, referer, site, foreign
        "-, -, -, false",
        "http://localhost:8080, -, -, false",
        "HTTP://LocalHost:8080, -, same-origin, false",
        "-, http://localhost:8080/movies?q=a, -, false",
        "https://search.example, -, same-origin, false",
        "https://search.example:443, -, -, false",
        "http://localhost:3000, -, same-site, true",
        "https://evil.example, -, cross-site, true",
        "https://evil.example, http://localhost:8080/, -, true",
        "-, https://evil.example/localhost:8080, -, true",
        "-, -, cross-site, true",
        "null, -, -, true",
        "'', -, -, true",
        "http://localhost:8080@evil.example, -, -, true",
        "'not an address', -, -, true",
      })
  void aPageIsForeignUnlessItIsFromANameOfTheServer(
      @Nullable String origin, @Nullable String referer, @Nullable String site, boolean foreign) {
    assertThat(CallingPage.of(origin, referer, site)
            .isForeign(Stream.of("localhost:8080", "search.example")))
        .isEqualTo(foreign);
  }
}
