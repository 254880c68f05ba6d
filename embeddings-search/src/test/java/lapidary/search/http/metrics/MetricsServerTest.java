package lapidary.search.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.search.metrics.Metrics;
import org.junit.jupiter.api.Test;

final class MetricsServerTest {
  @Test
  void answersMetricsAndNothingElse() throws Exception {
    try (Metrics metrics = new Metrics();
        MetricsServer server = MetricsServer.start(metrics, "127.0.0.1", 0)) {
      assertThat(answer(server, "GET /metrics", "localhost"))
          .startsWith("HTTP/1.1 200")
          .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
          .contains("\n# TYPE jvm_memory_used_bytes gauge\n");
      assertThat(answer(server, "GET /", "localhost")).startsWith("HTTP/1.1 404");
      assertThat(answer(server, "GET /v1/collections", "localhost")).startsWith("HTTP/1.1 404");
      assertThat(answer(server, "POST /metrics", "localhost")).startsWith("HTTP/1.1 405");
      assertThat(answer(server, "GET /metrics", "evil.example"))
          .startsWith("HTTP/1.1 403")
          .doesNotContain("jvm");
    }
  }

  @Test
  void aTakenPortAndOneOutOfRangeAreSaid() {
    try (Metrics metrics = new Metrics();
        MetricsServer server = MetricsServer.start(metrics, "127.0.0.1", 0)) {
      int taken = server.port();
      assertThatThrownBy(() -> MetricsServer.start(metrics, "127.0.0.1", taken))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("cannot listen at 127.0.0.1 port " + taken + " for metrics")
          .hasMessageContaining("choose another port");
      assertThatThrownBy(() -> MetricsServer.start(metrics, "127.0.0.1", 65_536))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("port 65536 for metrics is out of range");
    }
  }

  private static String answer(MetricsServer server, String asked, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(50_000);
      String request = asked + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
