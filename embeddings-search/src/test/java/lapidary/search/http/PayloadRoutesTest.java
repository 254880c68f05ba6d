package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes of every kind, counts, pages and searches over HTTP. */
final class PayloadRoutesTest {
  private static final String ORPHANS = "/v1/collections/orphans";
  private static final String ITEMS = ORPHANS + "/items";

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

  private void put(String id, String vector, String attributes) throws Exception {
    Client.Answer answer = client.put(
        ITEMS + "/" + id, "{\"vector\":" + vector + ",\"attributes\":" + attributes + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void putFilms() throws Exception {
    put("a", "[1,0]", "{\"year\":1990,\"tags\":[\"new\",7,true],\"seen\":\"2026-11-27\"}");
    put("b", "[1,0.001]", "{\"year\":1999.5,\"seen\":\"2026-11-28T10:00:00+02:00\"}");
    put("c", "[0,1]", "{\"year\":\"1990\",\"tags\":[]}");
  }

  private String found(String filter) throws Exception {
    Client.Answer answer =
        client.get(ITEMS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ids(answer.json());
  }

  private static String ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("items").forEach(item -> ids.add(item.path("id").asText()));
    return String.join(" ", ids);
  }

  @Test
  void attributesAreAnsweredAsTheyWereSent() throws Exception {
    putFilms();
    assertThat(client.get(ITEMS + "/a").text())
        .isEqualTo("{\"id\":\"a\",\"label\":\"\",\"attributes\":{\"seen\":\"2026-11-27\","
            + "\"tags\":[\"new\",7,true],\"year\":1990}}");
    assertThat(client.get(ITEMS + "/b?vector=true").json().path("unit_vector")).hasSize(2);
    assertThat(client.get(ITEMS + "/b").json().at("/attributes/year").asDouble())
        .isEqualTo(1999.5);
    assertThat(client.get(ITEMS + "/none").status()).isEqualTo(404);
    assertThat(client.get(ITEMS + "/a?vector=maybe").error())
        .isEqualTo("vector is maybe; give true or false");
  }

  @Test
  void filtersCompareNumbersDatesAndLists() throws Exception {
    putFilms();
    assertThat(found("{\"attributes\":{\"year\":1990}}")).isEqualTo("a");
    assertThat(found("{\"attributes\":{\"year\":\"1990\"}}")).isEqualTo("c");
    assertThat(found("{\"attributes\":{\"year\":[1990,\"1990\"]}}")).isEqualTo("a c");
    assertThat(found("{\"attributes\":{\"year\":{\"gt\":1990,\"lte\":2000}}}")).isEqualTo("b");
    assertThat(found("{\"attributes\":{\"tags\":7}}")).isEqualTo("a");
    assertThat(found("{\"attributes\":{\"tags\":{\"exists\":false}}}")).isEqualTo("b c");
    assertThat(found("{\"attributes\":{\"seen\":{\"gt\":\"2026-11-27\"}}}")).isEqualTo("b");
    assertThat(found("{\"attributes\":{\"seen\":{\"lt\":\"2026-11-28T08:00:01Z\"}}}"))
        .isEqualTo("a b");
    assertThat(found("{\"attributes\":{\"seen\":{\"lt\":\"2026-11-28T08:00:00Z\"}}}"))
        .isEqualTo("a");
  }

  @Test
  void conditionsThatCannotHoldAreRefused() throws Exception {
    assertThat(refused("{\"attributes\":{\"year\":{}}}"))
        .contains("the range of year has no bounds; give one of gt, gte, lt, lte");
    assertThat(refused("{\"attributes\":{\"year\":{\"gt\":1,\"lt\":\"2026-01-01\"}}}"))
        .contains("bounds of different kinds");
    assertThat(refused("{\"attributes\":{\"year\":{\"over\":1}}}"))
        .contains("unknown field of filter.attributes.year \"over\"");
    assertThat(refused("{\"attributes\":{\"year\":null}}"))
        .contains("filter.attributes.year is null");
    assertThat(refused("{\"attributes\":{\"year\":{\"exists\":1}}}")).contains("not a boolean");
  }

  private String refused(String filter) throws Exception {
    Client.Answer answer =
        client.post(ORPHANS + "/search", "{\"vector\":[1,0],\"filter\":" + filter + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    return answer.error();
  }

  @Test
  void aFilterOfManyConditionsIsRefusedByCount() throws Exception {
    for (int count : List.of(1_001, 200_000)) {
      String conditions = IntStream.range(0, count)
          .mapToObj(i -> "{\"label\":\"\"}")
          .collect(Collectors.joining(","));
      assertThat(refused("{\"any\":[" + conditions + "]}"))
          .contains("the filter has " + count + " conditions; give at most 1000");
    }
  }

  @Test
  void valuesAreCountedAmongWhatAFilterLetsThrough() throws Exception {
    putFilms();
    assertThat(client
            .post(
                ORPHANS + "/facets",
                "{\"attributes\":[\"year\",\"tags\"],\"top\":2,\"filter\":{\"not\":{\"attributes\":"
                    + "{\"year\":1999.5}}}}")
            .text())
        .isEqualTo("{\"count\":2,\"attributes\":{\"year\":{\"distinct\":2,\"values\":[{\"value\":"
            + "\"1990\",\"count\":1},{\"value\":1990,\"count\":1}]},\"tags\":{\"distinct\":3,"
            + "\"values\":[{\"value\":\"new\",\"count\":1},{\"value\":7,\"count\":1}]}}}");
    assertThat(client.post("/v1/collections/greys/facets", "{\"label\":true}").text())
        .isEqualTo("{\"count\":3,\"label\":{\"distinct\":2,\"values\":[{\"value\":\"side\","
            + "\"count\":2},{\"value\":\"whole\",\"count\":1}]},\"attributes\":{}}");
    assertThat(client.post(ORPHANS + "/facets", "{}").error())
        .contains("the body has to say what to count");
    assertThat(client.post(ORPHANS + "/facets", "{\"label\":true,\"top\":1001}").error())
        .isEqualTo("top is 1001; ask for 1 to 1000 values");
    assertThat(client.post(ORPHANS + "/facets", "label").status()).isEqualTo(400);
  }

  @Test
  void pagesAreBoundedInBytesAndGoOnByCursor() throws Exception {
    // Quotes take two bytes each in JSON.
    String text = "\\\"".repeat(4_000);
    StringBuilder attributes = new StringBuilder("{\"a0\":\"\"");
    IntStream.range(1, 15)
        .forEach(i -> attributes.append(",\"a" + i + "\":\"").append(text).append('"'));
    for (int i = 0; i < 25; i++) {
      put("i" + i, "[1,0]", attributes + "}");
    }
    List<String> seen = new ArrayList<>();
    String next = "?limit=1000";
    int pages = 0;
    while (!next.isEmpty()) {
      Client.Answer page = client.get(ITEMS + next);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text().length()).isLessThan((1 << 20) + 1_000);
      seen.add(ids(page.json()));
      String cursor = page.json().path("next").asText();
      next = cursor.isEmpty() ? "" : "?limit=1000&cursor=" + cursor;
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(String.join(" ", seen))
        .isEqualTo(IntStream.range(0, 25).mapToObj(i -> "i" + i).collect(Collectors.joining(" ")));
  }

  @Test
  void cursorsThatAreNotOnesAreRefused() throws Exception {
    putFilms();
    Client.Answer page = client.get(ITEMS + "?limit=1");
    String cursor = page.json().path("next").asText();
    assertThat(ids(client.get(ITEMS + "?limit=1&cursor=" + cursor).json())).isEqualTo("b");
    client.delete(ITEMS + "/b");
    assertThat(ids(client.get(ITEMS + "?limit=1&cursor=" + cursor).json())).isEqualTo("c");
    for (String bad : List.of("x", "%00", cursor + "A", "null")) {
      Client.Answer answer = client.get(ITEMS + "?cursor=" + bad);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.error()).contains("the cursor is not one of this collection");
    }
    assertThat(client.get("/v1/collections/greys/items?cursor=" + cursor).status())
        .isEqualTo(400);
    assertThat(client.get(ITEMS + "?from=1&cursor=" + cursor).error())
        .contains("cursor and from both say where to begin");
    assertThat(ids(client.get(ITEMS + "?from=1").json())).isEqualTo("c");
  }

  @Test
  void hitsThatAreNearlyTheSameAreFoldedIntoOne() throws Exception {
    putFilms();
    put("d", "[1,0.5]", "{}");
    JsonNode hits = client
        .post(ORPHANS + "/search", "{\"vector\":[1,0],\"k\":2,\"fold\":0.99}")
        .json()
        .path("hits");
    assertThat(hits.findValuesAsText("id")).containsExactly("a", "d");
    assertThat(hits.get(0).path("folded").toString()).isEqualTo("[\"b\"]");
    assertThat(hits.get(1).has("folded")).isFalse();
    assertThat(client.post(ORPHANS + "/search", "{\"vector\":[1,0],\"fold\":0}").status())
        .isEqualTo(400);
    assertThat(client.post(ORPHANS + "/duplicates", "{\"threshold\":0.99}").text())
        .isEqualTo("{\"count\":1,\"groups\":[{\"size\":2,\"ids\":[\"a\",\"b\"]}]}");
    assertThat(client.post(ORPHANS + "/duplicates", "{\"threshold\":2}").status())
        .isEqualTo(400);
    assertThat(client.post(ORPHANS + "/duplicates", "{}").error()).contains("no number threshold");
  }

  @Test
  void pagesOfHitsFollowEachOther() throws Exception {
    putFilms();
    put("d", "[1,0.5]", "{}");
    String query = "{\"vector\":[1,0],\"k\":1,\"offset\":";
    for (int i = 0; i < 4; i++) {
      assertThat(client.post(ORPHANS + "/search", query + i + "}").ids())
          .isEqualTo("abdc".substring(i, i + 1));
    }
    assertThat(client.post(ORPHANS + "/search", query + "1000}").error())
        .contains("only the first 1000 can be");
  }

  @Test
  void vectorsAreLikedAndDislikedAsItemsAre() throws Exception {
    putFilms();
    String asItems = client
        .post(ORPHANS + "/search", "{\"like\":[\"a\"],\"unlike\":[\"c\"]}")
        .ids();
    String asVectors = client
        .post(ORPHANS + "/search", "{\"like\":[[1,0]],\"unlike\":[[0,1]]}")
        .ids();
    assertThat(asItems).isEqualTo("b");
    assertThat(asVectors).isEqualTo("a b c");
    assertThat(client.post(ORPHANS + "/search", "{\"like\":[[1,0],\"c\"]}").ids())
        .isEqualTo("b a");
    assertThat(client.post(ORPHANS + "/search", "{\"like\":[[1,0,0]]}").status())
        .isEqualTo(400);
    assertThat(client.post(ORPHANS + "/search", "{\"like\":[7]}").status()).isEqualTo(400);
  }
}
