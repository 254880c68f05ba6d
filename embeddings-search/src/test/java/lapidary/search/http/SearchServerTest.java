package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lapidary.search.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SearchServerTest {
  private static final String SEARCH = "/v1/collections/greys/search";

  @TempDir
  Path folder;

  private Fixture fixture;
  private Client client;

  @BeforeEach
  void start() {
    fixture = Fixture.start(folder);
    client = fixture.client;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void collectionsAreListedByNameInOneStableForm() throws Exception {
    Client.Answer answer = client.get("/v1/collections");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.text())
        .isEqualTo("{\"collections\":[{\"name\":\"greys\",\"count\":3,\"model\":{\"sha256\":\""
            + "a1".repeat(32) + "\",\"output\":\"features\",\"width\":6},\"searches_images\":true,"
            + "\"vectors\":{\"dimensions\":6,\"bytes\":72,\"raw_bytes\":72}},"
            + "{\"name\":\"orphans\",\"count\":0,\"model\":{\"sha256\":\"" + "b2".repeat(32)
            + "\",\"output\":\"features\",\"width\":2},\"searches_images\":false,"
            + "\"vectors\":{\"dimensions\":2,\"bytes\":0,\"raw_bytes\":0}}]}");
    assertThat(client.get("/v1/collections/greys").json())
        .isEqualTo(answer.json().path("collections").get(0));
  }

  @Test
  void aVectorFindsItsNeighbours() throws Exception {
    Client.Answer answer = client.post(SEARCH, "{\"vector\":[2,0,0,2,0,0],\"k\":2}");
    assertThat(answer.text().replaceAll("[0-9]\\.[0-9]+", "#"))
        .isEqualTo("{\"hits\":[{\"id\":\"left\",\"label\":\"side\",\"score\":#,"
            + "\"attributes\":{\"split\":\"train\"}},{\"id\":\"all\",\"label\":\"whole\",\"score\":#,"
            + "\"attributes\":{}}]}");
    assertThat(score(answer, 0)).isCloseTo(1, within(1e-6));
    assertThat(score(answer, 1)).isCloseTo(1 / Math.sqrt(3), within(1e-6));
  }

  private static double score(Client.Answer answer, int hit) {
    return answer.json().path("hits").get(hit).path("score").asDouble();
  }

  @Test
  void anItemFindsItsNeighboursWithoutItself() throws Exception {
    assertThat(client.post(SEARCH, "{\"id\":\"left\"}").ids()).isEqualTo("all right");
    Client.Answer missing = client.post(SEARCH, "{\"id\":\"middle\"}");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.error()).contains("greys has no item \"middle\"");
  }

  @Test
  void anUploadedImageGoesThroughTheCollectionsModel() throws Exception {
    byte[] image = GreyEmbedder.png(0, 0, 200, 0, 0, 200);
    Client.Answer answer = client.upload("POST", SEARCH, image, Map.of("k", "1"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.ids()).isEqualTo("right");
    assertThat(client
            .upload(
                "POST", SEARCH, image, Map.of("filter", "{\"attributes\":{\"split\":\"train\"}}"))
            .ids())
        .isEqualTo("left");
  }

  @Test
  void likesWordsAndScoresNarrowHits() throws Exception {
    assertThat(client.post(SEARCH, "{\"like\":[\"left\"],\"unlike\":[\"all\"]}").ids())
        .isEqualTo("right");
    assertThat(client.post(SEARCH, "{\"like\":[\"nobody\"]}").status()).isEqualTo(404);
    assertThat(client.post(SEARCH, "{\"text\":\"TRAIN side\"}").ids()).isEqualTo("left right");
    String vector = "\"vector\":[1,0,0,1,0,0]";
    assertThat(client
            .post(SEARCH, "{" + vector + ",\"min_score\":0.5,\"exact\":true}")
            .ids())
        .isEqualTo("left all");
    // Third by the vector and first by words, or second and never.
    assertThat(client.post(SEARCH, "{" + vector + ",\"text\":\"test\"}").ids())
        .isEqualTo("right left all");
    byte[] image = GreyEmbedder.png(9, 0, 0, 9, 0, 0);
    assertThat(client
            .upload("POST", SEARCH, image, Map.of("text", "test", "exact", "true"))
            .ids())
        .isEqualTo("right left all");
    assertThat(client.post(SEARCH, "{" + vector + ",\"exact\":1}").error())
        .isEqualTo("exact is 1; give true or false");
    assertThat(client.post(SEARCH, "{" + vector + ",\"id\":\"left\"}").status()).isEqualTo(400);
  }

  @Test
  void filtersNarrowHits() throws Exception {
    assertThat(filtered("{\"label\":\"side\"}")).isEqualTo("left right");
    assertThat(filtered("{\"label\":\"side\",\"attributes\":{\"split\":\"test\"}}"))
        .isEqualTo("right");
    assertThat(filtered("{\"not\":{\"label\":\"side\"}}")).isEqualTo("all");
    assertThat(filtered("{\"any\":[{\"label\":\"whole\"},{\"attributes\":{\"split\":\"test\"}}]}"))
        .isEqualTo("all right");
    assertThat(filtered("{\"all\":[{\"label\":\"whole\"},{\"label\":\"side\"}]}"))
        .isEmpty();
    assertThat(filtered("{}")).isEqualTo("left all right");
  }

  @Test
  void diversityPrefersHitsThatDiffer() throws Exception {
    client.put("/v1/collections/greys/items/twin", "{\"vector\":[9,1,0,9,0,0]}");
    String query = "{\"vector\":[1,0,0,1,0,0],\"k\":2,\"diversity\":";
    assertThat(client.post(SEARCH, query + "0}").ids()).isEqualTo("left twin");
    assertThat(client.post(SEARCH, query + "0.9}").ids()).isEqualTo("left right");
    byte[] image = GreyEmbedder.png(50, 0, 0, 50, 0, 0);
    assertThat(client
            .upload("POST", SEARCH, image, Map.of("k", "2", "diversity", ".9"))
            .ids())
        .isEqualTo("left right");
  }

  private String filtered(String filter) throws Exception {
    return client
        .post(SEARCH, "{\"vector\":[1,0,0,1,0,0],\"filter\":" + filter + "}")
        .ids();
  }

  @Test
  void itemsArePutReplacedAndRemovedDurably() throws Exception {
    // Percent-encoded: a slash, a space and a letter beyond ASCII.
    String path = "/v1/collections/greys/items/a%2Fb%20%C3%A9";
    assertThat(client.put(path, "{\"vector\":[0,1,0,0,1,0],\"label\":\"new\"}").text())
        .isEqualTo("{\"id\":\"a/b é\",\"count\":4}");
    assertThat(client
            .upload(
                "PUT",
                path,
                GreyEmbedder.png(9, 0, 0, 0, 0, 0),
                Map.of("label", "image", "attributes", "{\"from\":\"camera\"}"))
            .json()
            .path("count")
            .asInt())
        .isEqualTo(4);
    Client.Answer found = client.post(SEARCH, "{\"vector\":[1,0,0,0,0,0],\"k\":1}");
    assertThat(found.ids()).isEqualTo("a/b é");
    assertThat(found.text()).contains("\"label\":\"image\"", "\"from\":\"camera\"");
    assertThat(client.delete("/v1/collections/greys/items/left").status()).isEqualTo(204);
    assertThat(client.delete("/v1/collections/greys/items/left").status()).isEqualTo(404);
    try (Collection reopened = Collection.open(folder.resolve("greys"))) {
      assertThat(reopened.contains("a/b é")).isTrue();
      assertThat(reopened.contains("left")).isFalse();
    }
  }

  @Test
  void manyClientsAtOnceGetTheirOwnAnswers() throws Exception {
    byte[] left = GreyEmbedder.png(50, 0, 0, 50, 0, 0);
    byte[] right = GreyEmbedder.png(0, 0, 50, 0, 0, 50);
    List<CompletableFuture<Client.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(client.uploading(SEARCH, i % 2 == 0 ? left : right));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get().ids()).startsWith(i % 2 == 0 ? "left" : "right");
    }
  }

  @Test
  void itemsAreListedInPages() throws Exception {
    String items = "/v1/collections/greys/items";
    assertThat(client.get(items + "?from=1&limit=1").json().path("items").toString())
        .isEqualTo("[{\"id\":\"right\",\"label\":\"side\",\"attributes\":{\"split\":\"test\"}}]");
    assertThat(client.get(items).json().path("items")).hasSize(3);
    assertThat(client.get(items + "?limit=1001").error()).contains("limit is 1001");
    assertThat(client.get(items + "?from=-1").status()).isEqualTo(400);
  }

  @Test
  void anItemPutAsAnImageHasAThumbnail() throws Exception {
    String item = "/v1/collections/greys/items/new";
    client.upload("PUT", item, GreyEmbedder.png(9, 0, 0, 0, 0, 0), Map.of());
    Client.Answer answer = client.get(item + "/thumbnail");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(client.get("/v1/collections/greys/items/left/thumbnail").status())
        .isEqualTo(404);
  }

  @Test
  void healthSaysLiveAndReady() throws Exception {
    assertThat(client.get("/v2/health/live").text()).isEqualTo("{\"live\":true}");
    assertThat(client.get("/v2/health/ready").text()).isEqualTo("{\"ready\":true}");
  }
}
