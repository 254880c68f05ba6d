package lapidary.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServeUrlTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       http://127.0.0.1:8080",
    "localhost,       http://localhost:8080",
    "::1,             http://[::1]:8080",
    "[::1],           http://[::1]:8080",
    "::,              http://[::]:8080",
    "fe80::1%eth0,    http://[fe80::1%25eth0]:8080"
  })
  void theAddressThatIsPrintedCanBeOpened(String host, String url) {
    assertThat(ServeCommand.url(host, 8080)).isEqualTo(url);
    assertThat(URI.create(url).getPort()).isEqualTo(8080);
  }
}
