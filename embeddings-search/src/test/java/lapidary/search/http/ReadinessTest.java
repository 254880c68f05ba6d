package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What KServe's and Triton's clients ask: the one reads {@code live} and {@code ready}, the other the status alone. */
final class ReadinessTest {
  @Test
  void aServerIsLiveAtOnceAndReadyOnceAllThatItServesIs() throws Exception {
    AtomicBoolean loaded = new AtomicBoolean();
    List<Feature> features = List.of(Feature.noMovies().readyWhen(loaded::get));
    try (SearchServer server = SearchServer.start(features, ServerOptions.loopback(0))) {
      Client client = new Client(server.port());
      assertThat(client.get("/v2/health/live").text()).isEqualTo("{\"live\":true}");
      Client.Answer loading = client.get("/v2/health/ready");
      assertThat(loading.status()).isEqualTo(503);
      assertThat(loading.text()).isEqualTo("{\"ready\":false}");
      loaded.set(true);
      Client.Answer ready = client.get("/v2/health/ready");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.text()).isEqualTo("{\"ready\":true}");
    }
  }
}
