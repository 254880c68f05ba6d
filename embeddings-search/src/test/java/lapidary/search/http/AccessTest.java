package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTest {
  private static final String SECRET = "correct-horse-battery";

  @TempDir
  Path folder;

  @Test
  void onlyTheTokenLetsRequestsInHealthExcepted() throws Exception {
    ServerOptions options = new ServerOptions(
        "127.0.0.1", 0, new ServerOptions.Access.Bearer(SECRET), ServerOptions.Limits.usual());
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

  private static Client.Answer with(Client client, String authorization) throws Exception {
    return client.send(
        client.request("/v1/collections").GET().header("Authorization", authorization));
  }

  @Test
  void listeningBeyondLoopbackHasToSayWhomToLetIn() {
    ServerOptions.Limits limits = ServerOptions.Limits.usual();
    refused("0.0.0.0", new ServerOptions.Access.Loopback(), "give a bearer token");
    refused("::", new ServerOptions.Access.Loopback(), "lets other machines in");
    refused("no.such.host.invalid", new ServerOptions.Access.NoAuth(), "is unknown");
    assertThat(new ServerOptions("0.0.0.0", 0, new ServerOptions.Access.NoAuth(), limits).port())
        .isZero();
    assertThat(
            new ServerOptions("localhost", 0, new ServerOptions.Access.Loopback(), limits).host())
        .isEqualTo("localhost");
    assertThatThrownBy(() -> new ServerOptions.Access.Bearer("short"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 16")
        .hasMessageNotContaining("short-");
    assertThat(new ServerOptions.Access.Bearer(SECRET).toString()).doesNotContain(SECRET);
  }

  private static void refused(String host, ServerOptions.Access access, String part) {
    assertThatThrownBy(() -> new ServerOptions(host, 0, access, ServerOptions.Limits.usual()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(part);
  }

  @Test
  void aTakenPortIsSaid() {
    try (Fixture fixture = Fixture.start(folder)) {
      int port = fixture.server.port();
      assertThatThrownBy(() -> SearchServer.start(fixture.service, ServerOptions.loopback(port)))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContainingAll("cannot listen at 127.0.0.1 port " + port, "another port");
    }
  }
}
