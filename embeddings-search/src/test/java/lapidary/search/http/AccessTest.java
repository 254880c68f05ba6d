package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.search.access.Access;
import lapidary.search.http.route.ServerLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTest {
  private static final String SECRET = "correct-horse-battery";

  @TempDir
  Path folder;

  @Test
  void aServerWithoutATokenAnswersOnlyToNamesOfThisMachine() throws Exception {
    try (Fixture fixture = Fixture.start(folder, ServerOptions.loopback(0), () -> {})) {
      for (String local :
          new String[] {"localhost", "127.0.0.1:8080", "LOCALHOST:1", "[::1]:8080"}) {
        assertThat(statusLine(fixture, local)).as(local).contains(" 200 ");
      }
      for (String foreign :
          new String[] {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080"}) {
        assertThat(statusLine(fixture, foreign)).as(foreign).contains(" 403 ");
      }
    }
  }

  /** Over a plain socket, since the client of the JDK does not let a Host header be forged. */
  private static String statusLine(Fixture fixture, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port())) {
      socket.setSoTimeout(20_000);
      String request =
          "GET /v1/collections HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  @Test
  void onlyTheTokenLetsRequestsInHealthExcepted() throws Exception {
    ServerOptions options =
        new ServerOptions("127.0.0.1", 0, new Access.Bearer(SECRET), ServerLimits.usual());
    try (Fixture fixture = Fixture.start(folder, options, () -> {})) {
      Client client = fixture.client;
      Client.Answer without = client.get("/v1/collections");
      assertThat(without.status()).isEqualTo(401);
      assertThat(without.response().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(without.error()).contains("Authorization: Bearer TOKEN").doesNotContain(SECRET);
      assertThat(with(client, "Bearer " + SECRET).status()).isEqualTo(200);
      assertThat(with(client, "bearer " + SECRET).status()).isEqualTo(200);
      for (String wrong : new String[] {
        "Bearer " + SECRET + "x",
        "Bearer " + SECRET.substring(1),
        "Bearer",
        "Basic " + SECRET,
        SECRET
      }) {
        assertThat(with(client, wrong).status()).isEqualTo(401);
      }
      assertThat(
              client.post("/v1/collections/greys/search", "{\"id\":\"left\"}").status())
          .isEqualTo(401);
      assertThat(client.get("/v2/health/live").status()).isEqualTo(200);
      assertThat(client.get("/v2/health/ready").status()).isEqualTo(200);
      assertThat(client.get("/").status()).isEqualTo(200);
      assertThat(client.get("/v2/health/../../v1/collections").status()).isNotEqualTo(200);
      assertThat(client.get("/v2/health/%2e%2e/%2e%2e/v1/collections").status()).isNotEqualTo(200);
    }
  }

  /** Of a page, of one that moved, and of a file that the page does not have. */
  private static final List<Integer> OPEN = List.of(200, 308, 404);

  /** What the API's document says needs no token is answered without one, and nothing else. */
  @Test
  void pagesAreOpenAndDataIsNot() throws Exception {
    ServerOptions options =
        new ServerOptions("127.0.0.1", 0, new Access.Bearer(SECRET), ServerLimits.usual());
    try (Fixture fixture = Fixture.start(folder, options, () -> {})) {
      Client client = fixture.client;
      JsonNode paths = client
          .send(client.request("/openapi.json").GET().header("Authorization", "Bearer " + SECRET))
          .json()
          .path("paths");
      int open = 0;
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        String asked = path.getKey().replaceAll("\\{.*?}", "greys");
        for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
          String method = operation.getKey().toUpperCase(Locale.ROOT);
          if (!method.equals("PARAMETERS")) {
            boolean free = operation.getValue().path("security").toString().equals("[{}]");
            int status = client
                .send(client.request(asked).method(method, HttpRequest.BodyPublishers.noBody()))
                .status();
            if (free) {
              assertThat(status).as(method + " " + asked).isIn(OPEN);
              open++;
            } else {
              assertThat(status).as(method + " " + asked).isEqualTo(401);
            }
          }
        }
      }
      assertThat(open).isEqualTo(12);
    }
  }

  /** A form needs no script and no leave, so that any page can have a person's browser send one. */
  @Test
  void aSearchByTheFormOfAForeignPageDoesNotRun() throws Exception {
    Map<Access, Integer> refusals = Map.of(
        new Access.Loopback(), 403, new Access.NoAuth(), 403, new Access.Bearer(SECRET), 401);
    for (Map.Entry<Access, Integer> access : refusals.entrySet()) {
      AtomicInteger runs = new AtomicInteger();
      ServerOptions options =
          new ServerOptions("127.0.0.1", 0, access.getKey(), ServerLimits.usual());
      Path own = folder.resolve(access.getKey().getClass().getSimpleName());
      try (Fixture fixture = Fixture.start(own, options, runs::incrementAndGet)) {
        int status = fixture.client.statusOfUploadFrom(
            "https://evil.example",
            "/v1/collections/greys/search",
            GreyEmbedder.png(9, 0, 0, 9, 0, 0));
        assertThat(status).as(access.getKey().toString()).isEqualTo(access.getValue());
      }
      assertThat(runs).hasValue(0);
    }
  }

  private static Client.Answer with(Client client, String authorization) throws Exception {
    return client.send(
        client.request("/v1/collections").GET().header("Authorization", authorization));
  }

  @Test
  void listeningBeyondLoopbackHasToSayWhomToLetIn() {
    ServerLimits limits = ServerLimits.usual();
    refused("0.0.0.0", new Access.Loopback(), "give a bearer token");
    refused("::", new Access.Loopback(), "lets other machines in");
    refused("no.such.host.invalid", new Access.NoAuth(), "is unknown");
    assertThat(new ServerOptions("0.0.0.0", 0, new Access.NoAuth(), limits).port())
        .isZero();
    assertThat(new ServerOptions("localhost", 0, new Access.Loopback(), limits).host())
        .isEqualTo("localhost");
    assertThatThrownBy(() -> new Access.Bearer("short"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 16")
        .hasMessageNotContaining("short-");
    assertThat(new Access.Bearer(SECRET).toString()).doesNotContain(SECRET);
  }

  private static void refused(String host, Access access, String part) {
    assertThatThrownBy(() -> new ServerOptions(host, 0, access, ServerLimits.usual()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(part);
  }

  @Test
  void aTakenPortIsSaid() {
    try (Fixture fixture = Fixture.start(folder)) {
      int port = fixture.server.port();
      assertThatThrownBy(() -> SearchServer.start(List.of(), ServerOptions.loopback(port)))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContainingAll("cannot listen at 127.0.0.1 port " + port, "another port");
    }
  }
}
