package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lapidary.search.access.Access;
import lapidary.search.access.Tokens;
import lapidary.search.http.log.Calls;
import lapidary.search.http.route.Route;
import lapidary.search.http.route.ServerLimits;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of requests, their traces, and the access log. */
final class CallsTest {
  private static final String READER = "reader-token-0123456789";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @TempDir
  Path folder;

  @Test
  void aRequestKeepsTheNameThatItsClientGaveIt() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      assertThat(id(named(fixture, "/v1/collections", "a.B-7_~+/=@:"))).isEqualTo("a.B-7_~+/=@:");
      assertThat(id(named(fixture, "/v1/nothing", "x"))).isEqualTo("x");
      assertThat(id(named(fixture, "/v1/collections", "1".repeat(128)))).hasSize(128);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "<b>", "\"", "{}", "caf\u00e9", "%0a"})
  void aNameThatIsNotSaneIsReplaced(String sent) throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      assertThat(id(named(fixture, "/v1/collections", sent))).matches("[0-9a-f]{8}-\\d+");
      assertThat(id(named(fixture, "/v1/collections", "1".repeat(129)))).hasSizeLessThan(129);
    }
  }

  @Test
  void requestsWithoutANameGetOneEach() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      List<String> ids = new ArrayList<>();
      for (String path : List.of("/v1/collections", "/", "/v1/nothing", "/v2/health/live")) {
        ids.add(id(fixture.client.get(path)));
      }
      assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{8}-\\d+"));
    }
  }

  /** As while a server stops: an answer that Jetty gives by itself has lost all headers that were set before. */
  @Test
  void whatIsRefusedBehindItIsNamedToo() throws Exception {
    Calls calls = new Calls(List.of());
    calls.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        Response.writeError(request, response, callback, 503);
        return true;
      }
    });
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setErrorHandler(new ErrorHandler());
    server.setHandler(calls);
    server.start();
    try {
      HttpResponse<String> answer = get(server.getURI().getPort(), "/", "mine");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("mine");
    } finally {
      server.stop();
    }
  }

  @Test
  void aFailureOfTheServerIsFoundByItsRequest() throws Exception {
    Feature broken = new Feature("movies", List.of(Route.get("/v1/movies", exchange -> {
      throw new IllegalStateException("a secret");
    })));
    try (SearchServer server = SearchServer.start(List.of(broken), ServerOptions.loopback(0))) {
      HttpResponse<String> answer = get(server.port(), "/v1/movies", "complaint-1");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":\"the server failed to answer; its log says why, at request complaint-1\"}");
    }
  }

  @Test
  void eachRequestIsALineOfTheAccessLog() throws Exception {
    try (Fixture fixture = guarded()) {
      Client client = fixture.client;
      Client.Answer answer = client.send(client
          .request("/v1/collections/greys/items?limit=2&token=" + READER)
          .header("Authorization", "Bearer " + READER)
          .header("X-Request-Id", "seven")
          .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));
      JsonNode line = line(fixture, 1);
      assertThat(line.path("at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
      assertThat(line.path("millis").isDouble()).isTrue();
      assertThat(line.path("millis").asDouble()).isPositive();
      assertThat(line.toString())
          .endsWith(",\"request\":\"seven\",\"trace\":\"" + TRACE
              + "\",\"who\":\"dashboard\",\"from\":\"127.0.0.1\",\"method\":\"GET\","
              + "\"path\":\"/v1/collections/greys/items\","
              + "\"route\":\"/v1/collections/{collection}/items\",\"status\":200,\"bytes\":"
              + answer.text().getBytes(StandardCharsets.UTF_8).length
              + ",\"millis\":" + line.path("millis").asText() + "}");
      assertThat(String.join("", fixture.access)).doesNotContain(READER, "limit");
    }
  }

  @Test
  void whatIsRefusedIsALineToo() throws Exception {
    try (Fixture fixture = guarded()) {
      Client client = fixture.client;
      assertThat(client.get("/v1/collections/greys").status()).isEqualTo(401);
      JsonNode refused = line(fixture, 1);
      assertThat(refused.has("who")).isFalse();
      assertThat(refused.has("trace")).isFalse();
      assertThat(refused.path("route").asText()).isEqualTo("/v1/collections/{collection}");
      assertThat(refused.path("status").asInt()).isEqualTo(401);
      assertThat(client.get("/v1/nothing%0a").status()).isEqualTo(404);
      JsonNode unknown = line(fixture, 2);
      assertThat(unknown.path("path").asText()).isEqualTo("/v1/nothing%0a");
      assertThat(unknown.has("route")).isFalse();
    }
  }

  private Fixture guarded() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), "read dashboard " + READER + "\n");
    return Fixture.start(
        Files.createDirectory(folder.resolve("collections")),
        new ServerOptions("127.0.0.1", 0, new Access.Bearer(Tokens.of(file)), ServerLimits.usual()),
        () -> {});
  }

  private static Client.Answer named(Fixture fixture, String path, String id) throws Exception {
    return fixture.client.send(fixture.client.request(path).header("X-Request-Id", id));
  }

  private static HttpResponse<String> get(int port, String path, String id) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("X-Request-Id", id)
        .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String id(Client.Answer answer) {
    return answer.response().headers().firstValue("X-Request-Id").orElse("");
  }

  /** The last of so many lines, which come after their answers. */
  private static JsonNode line(Fixture fixture, int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (fixture.access.size() < count && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(fixture.access).hasSize(count);
    return new ObjectMapper().readTree(fixture.access.get(count - 1));
  }
}
