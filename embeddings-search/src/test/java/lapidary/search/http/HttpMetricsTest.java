package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lapidary.search.access.Access;
import lapidary.search.http.route.ServerLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of a server's requests. */
final class HttpMetricsTest {
  private static final String COUNT = "http_server_requests_seconds_count";

  @TempDir
  Path folder;

  @Test
  void requestsAreCountedByMethodRouteAndStatus() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      Client client = fixture.client;
      client.get("/v1/collections/greys");
      client.get("/v1/collections/orphans");
      client.get("/v1/collections/none");
      client.put("/v1/collections/greys/items/x", "{\"vector\":[1,0,0,0,0,0]}");
      awaitShown(
          fixture,
          COUNT + "{method=\"GET\",status=\"200\",uri=\"/v1/collections/{collection}\"} 2",
          COUNT + "{method=\"GET\",status=\"404\",uri=\"/v1/collections/{collection}\"} 1",
          COUNT
              + "{method=\"PUT\",status=\"200\",uri=\"/v1/collections/{collection}/items/{id}\"} 1",
          "http_server_requests_active 0.0");
    }
  }

  /** However many paths and methods strangers make up, there are no more series. */
  @Test
  void whatIsMadeUpIsOneSeries() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      Client client = fixture.client;
      for (int i = 0; i < 5; i++) {
        client.get("/made-up/" + i);
        client.send(client.request("/").method("MADEUP" + i, BodyPublishers.noBody()));
      }
      awaitShown(fixture, COUNT + "{method=\"GET\",status=\"404\",uri=\"none\"} 5");
      awaitShown(fixture, "{method=\"other\",");
      assertThat(fixture.metrics.text()).doesNotContain("made-up", "MADEUP");
    }
  }

  @Test
  void aRequestUnderWayIsSeen() throws Exception {
    HeldModel model = new HeldModel();
    try (Fixture fixture = Fixture.start(folder, ServerOptions.loopback(0), model)) {
      CompletableFuture<Client.Answer> request = fixture.client.uploading(
          "/v1/collections/greys/search", GreyEmbedder.png(9, 0, 0, 9, 0, 0));
      model.awaitBegun(request);
      assertThat(fixture.metrics.text()).contains("\nhttp_server_requests_active 1.0\n");
      model.release();
      assertThat(request.get().status()).isEqualTo(200);
      awaitShown(fixture, "\nhttp_server_requests_active 0.0\n");
    }
  }

  @Test
  void collectionsAreShownAsTheyAreNow() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      assertThat(fixture.metrics.text())
          .contains("\nlapidary_collection_items{collection=\"greys\"} 3.0\n")
          .contains("\nlapidary_collection_vector_bytes{collection=\"greys\"} 72.0\n")
          .contains("\nlapidary_collection_items{collection=\"orphans\"} 0.0\n");
      fixture.client.delete("/v1/collections/greys/items/left");
      assertThat(fixture.metrics.text())
          .contains("\nlapidary_collection_items{collection=\"greys\"} 2.0\n")
          .contains("\nlapidary_collection_vector_bytes{collection=\"greys\"} 48.0\n");
    }
  }

  @Test
  void aServerOfTokensWantsOneForMetrics() throws Exception {
    String secret = "correct-horse-battery";
    ServerOptions options =
        new ServerOptions("127.0.0.1", 0, new Access.Bearer(secret), ServerLimits.usual());
    try (Fixture fixture = Fixture.start(folder, options, () -> {})) {
      Client client = fixture.client;
      assertThat(client.get("/metrics").status()).isEqualTo(401);
      Client.Answer answer =
          client.send(client.request("/metrics").header("Authorization", "Bearer " + secret));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("# TYPE http_server_requests_seconds histogram");
      assertThat(answer.response().headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
    }
  }

  /** Requests are counted when they have ended, which is after their answers. */
  private static void awaitShown(Fixture fixture, String... lines) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (System.nanoTime() < end && !shows(fixture, lines)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(fixture.metrics.text()).contains(lines);
  }

  private static boolean shows(Fixture fixture, String... lines) {
    String text = fixture.metrics.text();
    for (String line : lines) {
      if (!text.contains(line)) {
        return false;
      }
    }
    return true;
  }
}
