package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.search.Collection;
import lapidary.search.Samples;
import lapidary.search.SearchService;
import lapidary.search.store.Item;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items, queries and collections as nobody expects them, over HTTP. */
final class StrangeItemsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path folder;

  private SearchService service;
  private SearchServer server;
  private Client client;

  @BeforeEach
  void start() {
    service = new SearchService(
        List.of(
            Collection.create(folder.resolve("empty"), Samples.spec("empty", 2)),
            Collection.create(folder.resolve("thin"), Samples.spec("thin", 1)),
            Collection.create(folder.resolve("strange"), Samples.spec("strange", 2))),
        List.of());
    server = SearchServer.start(List.of(Feature.collections(service)), ServerOptions.loopback(0));
    client = new Client(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
    service.close();
  }

  private static String item(String collection, String id) {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return "/v1/collections/" + collection + "/items/" + encoded;
  }

  private Client.Answer search(String collection, Object query) throws Exception {
    return client.post("/v1/collections/" + collection + "/search", JSON.writeValueAsString(query));
  }

  @Test
  void anyTextNamesAnItem() throws Exception {
    for (String id : List.of(
        "a/b/c.jpg",
        "100%",
        "%2F",
        "a b+c",
        "q?x=1&y#z",
        "😀👩‍👩‍👧",
        "..\\..",
        "ä".repeat(1_000),
        "\"quoted\"",
        "<b>bold</b>",
        "x".repeat(Item.MAX_TEXT))) {
      Client.Answer put = client.put(item("strange", id), "{\"vector\":[1,2]}");
      assertThat(put.status()).as(id + put.text()).isEqualTo(200);
      assertThat(put.json().get("id").asText()).isEqualTo(id);
      JsonNode hits = search("strange", Map.of("vector", List.of(1, 2))).json().get("hits");
      assertThat(hits).hasSize(1);
      assertThat(hits.get(0).get("id").asText()).isEqualTo(id);
      assertThat(search("strange", Map.of("id", id)).status()).isEqualTo(200);
      assertThat(client.get(item("strange", id) + "/thumbnail").status()).isEqualTo(404);
      assertThat(client.delete(item("strange", id)).status()).as(id).isEqualTo(204);
      assertThat(client.delete(item("strange", id)).status()).as(id).isEqualTo(404);
    }
  }

  @Test
  void textsThatAreNotTextsOrTooLongAreRefused() throws Exception {
    refused(client.put(item("strange", "x".repeat(Item.MAX_TEXT + 1)), "{\"vector\":[1,2]}"));
    refused(client.put(item("strange", " "), "{\"vector\":[1,2]}"));
    refused(client.put(item("strange", "x"), "{\"vector\":[1,2],\"label\":\"\\ud800\"}"));
    refused(
        client.put(item("strange", "x"), "{\"vector\":[1,2],\"attributes\":{\"a\":\"\\udc00b\"}}"));
    refused(client.put(item("strange", "x"), "{\"vector\":[1,2],\"attributes\":{\"a\":{}}}"));
    refused(client.put(item("strange", "x"), "{\"vector\":[1,2],\"attributes\":{\"a\":[[1]]}}"));
    refused(client.put(item("strange", "x"), "{\"vector\":[1,2],\"attributes\":{\"a\":1e400}}"));
    refused(client.put(
        item("strange", "x"), "{\"vector\":[1,2],\"attributes\":{\"a\":" + (1L << 60) + "1}}"));
    refused(client.put(item("strange", "x"), "{\"vector\":[1,2],\"attributes\":{\"a\":null}}"));
    refused(client.put(item("strange", "x"), "{\"vector\":[1,2],\"attributes\":[\"a\"]}"));
    refused(client.put(item("strange", "x"), "{\"vector\":[1,1e400]}"));
    assertThat(service.info("strange").count()).isZero();
  }

  private static void refused(Client.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.error()).isNotBlank();
  }

  @Test
  void attributesOfAnyNameAreFilteredBy() throws Exception {
    Map<String, String> attributes = Map.of(
        "",
        "no name",
        "a=b",
        "c=d",
        "1:a",
        "b",
        "😀",
        "👍",
        "empty",
        "",
        "long",
        "ö".repeat(4_000));
    Map<String, Object> item = Map.of("vector", List.of(1, 2), "attributes", attributes);
    client.put(item("strange", "x"), JSON.writeValueAsString(item));
    client.put(item("strange", "other"), "{\"vector\":[1,2],\"attributes\":{\"1\":\"ab\"}}");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      Client.Answer found = search(
          "strange",
          Map.of(
              "vector",
              List.of(1, 2),
              "filter",
              Map.of("attributes", Map.of(attribute.getKey(), attribute.getValue()))));
      assertThat(found.status()).as(found.text()).isEqualTo(200);
      assertThat(found.ids()).as(attribute + "").isEqualTo("x");
    }
  }

  @Test
  void textsOfManyWordsAreSearchedUpToALimitThatIsSaid() throws Exception {
    client.put(item("strange", "x"), "{\"vector\":[1,2],\"label\":\"word7\"}");
    for (int words : List.of(1, 1_000, 1_001, 1_024, 1_025, 5_000)) {
      String text = IntStream.range(0, words)
          .mapToObj(i -> "word" + (i + 7))
          .collect(Collectors.joining(" "));
      for (Map<String, ?> more : List.of(
          Map.<String, Object>of(), Map.of("filter", Map.of("not", Map.of("label", "y"))))) {
        Map<String, Object> query = new TreeMap<>(more);
        query.put("text", text);
        Client.Answer answer = search("strange", query);
        if (words > 1_000) {
          refused(answer);
          assertThat(answer.error()).contains("more than 1000 words");
        } else {
          assertThat(answer.ids()).as(words + answer.text()).isEqualTo("x");
        }
      }
    }
  }

  @Test
  void collectionsOfNothingAndOfOneValueAnswer() throws Exception {
    for (Object query : List.of(
        Map.of("vector", List.of(1, 2)),
        Map.of("text", "coat"),
        Map.of("vector", List.of(0, 0), "k", 1000))) {
      Client.Answer nothing = search("empty", query);
      assertThat(nothing.status()).as(nothing.text()).isEqualTo(200);
      assertThat(nothing.json().get("hits")).isEmpty();
    }
    assertThat(search("empty", Map.of("id", "x")).status()).isEqualTo(404);
    assertThat(client.get("/v1/collections/empty/items").status()).isEqualTo(200);
    assertThat(client.get("/v1/collections/empty/projection").status()).isEqualTo(400);
    client.put(item("thin", "one"), "{\"vector\":[-3]}");
    assertThat(search("thin", Map.of("vector", List.of(2)))
            .json()
            .at("/hits/0/score")
            .asDouble())
        .isEqualTo(-1);
    assertThat(search("thin", Map.of("id", "one")).json().get("hits")).isEmpty();
    client.put(item("thin", "none"), "{\"vector\":[0]}");
    assertThat(search("thin", Map.of("id", "one", "k", 1000)).ids()).isEqualTo("none");
    assertThat(client.get("/v1/collections/thin/projection").status()).isEqualTo(400);
    for (Object k : List.of(0, -1, 1.5, "many", Long.MAX_VALUE)) {
      refused(search("thin", Map.of("vector", List.of(2), "k", k)));
    }
  }
}
