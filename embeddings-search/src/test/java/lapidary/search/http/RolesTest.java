package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.search.access.Access;
import lapidary.search.access.Tokens;
import lapidary.search.http.route.ServerLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a token lets its holder do, and what a page of another site cannot. */
final class RolesTest {
  private static final String READER = "reader-token-0123456789";
  private static final String WRITER = "writer-token-0123456789";
  private static final String ITEM = "/v1/collections/greys/items/corner";
  private static final String VECTOR = "{\"vector\":[1,0,0,0,0,0]}";

  @TempDir
  Path folder;

  @Test
  void whoMayAskMayNotChangeItems() throws Exception {
    try (Fixture fixture = guarded()) {
      Client client = fixture.client;
      String search = "/v1/collections/greys/search";

      assertThat(send(client, "POST", search, "{\"id\":\"left\"}", READER).status())
          .isEqualTo(200);
      Client.Answer refused = send(client, "PUT", ITEM, VECTOR, READER);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.error())
          .isEqualTo("this token may ask, and this needs one that may change items");
      assertThat(send(client, "DELETE", ITEM, "", READER).status()).isEqualTo(403);
      assertThat(send(client, "PUT", ITEM, VECTOR, WRITER).status()).isEqualTo(200);
      assertThat(send(client, "POST", search, "{\"id\":\"left\"}", WRITER).status())
          .isEqualTo(200);
      assertThat(send(client, "DELETE", ITEM, "", WRITER).status()).isEqualTo(204);
    }
  }

  /** A page offers nothing that would be refused. */
  @Test
  void whoAsksIsToldWhatTheyMayDo() throws Exception {
    try (Fixture fixture = guarded()) {
      Client.Answer writer = send(fixture.client, "GET", "/v1/access", "", WRITER);
      assertThat(writer.text())
          .isEqualTo("{\"token\":true,\"name\":\"loader\",\"role\":\"write\"}");
      assertThat(send(fixture.client, "GET", "/v1/access", "", READER).text())
          .contains("\"role\":\"read\"");
      assertThat(fixture.client.get("/v1/access").status()).isEqualTo(401);
    }
    try (Fixture open = Fixture.start(Files.createDirectory(folder.resolve("open")))) {
      assertThat(open.client.get("/v1/access").text())
          .isEqualTo("{\"token\":false,\"role\":\"admin\"}");
    }
  }

  @Test
  void eachChangeIsALineOfTheAuditLog() throws Exception {
    try (Fixture fixture = guarded()) {
      send(fixture.client, "PUT", ITEM, VECTOR, WRITER);
      send(fixture.client, "DELETE", ITEM, "", READER);
      send(fixture.client, "DELETE", ITEM, "", "unknown-token-0123456789");
      send(fixture.client, "POST", "/v1/collections/greys/search", "{\"id\":\"left\"}", WRITER);

      String asked =
          "\"from\":\"127.0.0.1\",\"method\":\"%s\",\"path\":\"" + ITEM + "\",\"status\":%d}";
      assertThat(fixture.audit)
          .satisfiesExactly(
              line -> assertThat(line)
                  .matches("\\{\"at\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",.*")
                  .endsWith("\"who\":\"loader\"," + asked.formatted("PUT", 200)),
              line -> assertThat(line)
                  .endsWith("\"who\":\"dashboard\"," + asked.formatted("DELETE", 403)),
              line ->
                  assertThat(line).doesNotContain("who").endsWith(asked.formatted("DELETE", 401)));
      assertThat(String.join("", fixture.audit)).doesNotContain(READER, WRITER, "unknown-token");
    }
  }

  @Test
  void aPageOfAnotherSiteSendsNothing() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      Client client = fixture.client;
      String search = "/v1/collections/greys/search";
      String own = "http://127.0.0.1:" + fixture.server.port();

      assertThat(from(client, search, own).status()).isEqualTo(200);
      for (String foreign : new String[] {"https://evil.example", "null", "http://127.0.0.1:1"}) {
        Client.Answer refused = from(client, search, foreign);
        assertThat(refused.status()).as(foreign).isEqualTo(403);
        assertThat(refused.error()).contains("a page of another site");
      }
    }
  }

  private Fixture guarded() throws Exception {
    Path file = Files.writeString(
        folder.resolve("tokens"), "read dashboard " + READER + "\nwrite loader " + WRITER + "\n");
    return Fixture.start(
        Files.createDirectory(folder.resolve("collections")),
        new ServerOptions("127.0.0.1", 0, new Access.Bearer(Tokens.of(file)), ServerLimits.usual()),
        () -> {});
  }

  private static Client.Answer send(
      Client client, String method, String path, String json, String token) throws Exception {
    return client.send(json(client, path)
        .method(method, BodyPublishers.ofString(json))
        .header("Authorization", "Bearer " + token));
  }

  private static Client.Answer from(Client client, String path, String origin) throws Exception {
    return client.send(json(client, path)
        .POST(BodyPublishers.ofString("{\"id\":\"left\"}"))
        .header("Origin", origin));
  }

  private static HttpRequest.Builder json(Client client, String path) {
    return client.request(path).header("Content-Type", "application/json");
  }
}
