package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import lapidary.search.Collection;
import lapidary.search.CollectionsFolder;
import lapidary.search.SearchService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Collections that are made and dropped while the server runs. */
@Timeout(120)
final class CollectionsLifeTest {
  private static final String SHA256 = "a1".repeat(32);
  private static final String NEW = "/v1/collections/new";

  @TempDir
  Path folder;

  private SearchService service;
  private SearchServer server;
  private Client client;

  @BeforeEach
  void start() {
    CollectionsFolder home = CollectionsFolder.of(folder);
    service = new SearchService(
        home.collections().stream().map(Collection::open).toList(),
        List.of(new GreyEmbedder(SHA256, () -> {})),
        Optional.of(home));
    server = SearchServer.start(List.of(Feature.collections(service)), ServerOptions.loopback(0));
    client = new Client(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
    service.close();
  }

  @Test
  void aCollectionIsMadeFilledFoundAgainAndDropped() throws Exception {
    Client.Answer made = client.put(NEW, "{\"width\":3}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.text())
        .isEqualTo(
            "{\"name\":\"new\",\"count\":0,\"model\":{\"output\":\"vector\",\"width\":3},"
                + "\"searches_images\":false,\"vectors\":{\"dimensions\":3,\"bytes\":0,\"raw_bytes\":0}}");
    assertThat(client.put(NEW + "/items/x", "{\"vector\":[1,2,3]}").status()).isEqualTo(200);
    assertThat(client.put(NEW, "{\"width\":3}").status()).isEqualTo(200);
    Client.Answer other = client.put(NEW, "{\"width\":4}");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.error())
        .isEqualTo("collection new is there and was made otherwise; drop it"
            + " first, or choose another name");
    stop();
    start();
    assertThat(client.post(NEW + "/search", "{\"vector\":[1,0,0]}").ids()).isEqualTo("x");
    assertThat(client.delete(NEW).status()).isEqualTo(204);
    assertThat(client.delete(NEW).status()).isEqualTo(404);
    assertThat(client.get(NEW).status()).isEqualTo(404);
    assertThat(client.get("/v1/collections").json().path("collections")).isEmpty();
    assertThat(folder).isEmptyDirectory();
    assertThat(client.put(NEW, "{\"width\":4}").status()).isEqualTo(201);
  }

  @Test
  void aCollectionOfAServedModelTakesImages() throws Exception {
    String model = "{\"sha256\":\"" + SHA256 + "\",\"output\":\"features\"}";
    Client.Answer made = client.put(NEW, "{\"width\":6,\"model\":" + model + "}");
    assertThat(made.json().path("searches_images").asBoolean()).as(made.text()).isTrue();
    byte[] png = lapidary.search.Samples.png(8, 8);
    assertThat(client.upload("PUT", NEW + "/items/x", png, java.util.Map.of()).status())
        .isEqualTo(200);
    assertThat(client.upload("POST", NEW + "/search", png, java.util.Map.of()).ids())
        .isEqualTo("x");
  }

  @Test
  void whatCannotBeMadeIsRefused() throws Exception {
    for (String body : List.of(
        "{}",
        "{\"width\":0}",
        "{\"width\":65537}",
        "{\"width\":2.5}",
        "{\"width\":3,\"model\":{\"sha256\":\"x\",\"output\":\"y\"}}",
        "{\"width\":3,\"model\":{\"sha256\":\"\",\"output\":\"y\"}}",
        "{\"width\":3,\"depth\":3}")) {
      assertThat(client.put(NEW, body).status()).as(body).isEqualTo(400);
    }
    assertThat(client.put("/v1/collections/.new", "{\"width\":3}").status()).isEqualTo(400);
    assertThat(client.put("/v1/collections/..%2Fnew", "{\"width\":3}").status()).isEqualTo(400);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerWithoutAFolderMakesAndDropsNothing() throws Exception {
    try (Fixture fixture = Fixture.start(folder.resolve("fixed"))) {
      Client fixed = fixture.client;
      assertThat(fixed.put(NEW, "{\"width\":3}").status()).isEqualTo(403);
      assertThat(fixed.delete("/v1/collections/greys").status()).isEqualTo(403);
      assertThat(fixed.delete("/v1/collections/none").status()).isEqualTo(404);
      assertThat(fixed.get("/v1/collections/greys").status()).isEqualTo(200);
      assertThat(fixed.delete("/v1/collections/greys").error()).contains("--collections DIR");
    }
  }

  @Test
  void whatAKilledDropLeftIsDeleted() throws Exception {
    Path left = folder.resolve(".dropped-123/old");
    Files.createDirectories(left);
    Files.writeString(left.resolve("segments_1"), "rest");
    stop();
    start();
    assertThat(folder).isEmptyDirectory();
  }

  /** Who asks while a collection comes and goes is answered, or told that it is not there. */
  @Test
  void searchesGoOnWhileCollectionsComeAndGo() throws Exception {
    ExecutorService askers = Executors.newFixedThreadPool(3);
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch found = new CountDownLatch(20);
    try {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        asking.add(askers.submit(() -> {
          while (!over.get()) {
            Client.Answer answer = client.post(NEW + "/search", "{\"vector\":[1,0,0]}");
            assertThat(answer.status()).as(answer.text()).isIn(200, 404);
            if (answer.status() == 200) {
              found.countDown();
            }
          }
          return null;
        }));
      }
      for (int round = 0; round < 15 || found.getCount() > 0; round++) {
        assertThat(client.put(NEW, "{\"width\":3}").status()).isEqualTo(201);
        assertThat(client.put(NEW + "/items/x", "{\"vector\":[1,2,3]}").status())
            .isEqualTo(200);
        assertThat(client.delete(NEW).status()).isEqualTo(204);
      }
      over.set(true);
      for (Future<?> each : asking) {
        each.get();
      }
    } finally {
      over.set(true);
      askers.shutdown();
    }
    assertThat(folder).isEmptyDirectory();
  }
}
