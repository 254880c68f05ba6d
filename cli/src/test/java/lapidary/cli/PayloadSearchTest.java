package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.cli.serve.Content;
import lapidary.cli.serve.Serving;
import lapidary.search.Batch;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.http.ServerOptions;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections of vectors from elsewhere, with attributes of every kind, on the command line. */
final class PayloadSearchTest {
  @TempDir
  Path folder;

  private Path films;

  @BeforeEach
  void make() {
    films = folder.resolve("films");
    CollectionSpec spec = new CollectionSpec("films", IndexedModel.none(2), Optional.empty());
    try (Collection collection = Collection.create(films, spec)) {
      Batch batch = collection.batch();
      batch.put(film("heat", 1995, "1995-12-15", true), new float[] {1, 0});
      batch.put(film("ronin", 1998, "1998-09-25", false), new float[] {1, .01f});
      batch.put(Item.ofTexts("alien", "", Map.of("year", "1979")), new float[] {0, 1});
      batch.commit();
    }
  }

  private static Item film(String id, int year, String day, boolean seen) {
    return new Item(
        id,
        "",
        Map.of(
            "year", AttributeValue.of(year),
            "day", AttributeValue.of(day),
            "seen", AttributeValue.of(seen)));
  }

  private List<String> found(Object... options) {
    List<String> ids = new ArrayList<>();
    hits(options).forEach(hit -> ids.add(hit.get("id").asText()));
    return ids;
  }

  private JsonNode hits(Object... options) {
    Object[] line =
        Arrays.copyOf(new Object[] {"search", films, "--vector", "1,0"}, 4 + options.length);
    System.arraycopy(options, 0, line, 4, options.length);
    return Cli.json(line).get("hits");
  }

  @Test
  void conditionsCompareNumbersDatesAndFlags() {
    assertThat(found("--filter", "year>=1998")).containsExactly("ronin");
    assertThat(found("--filter", "year<1998", "year>1990.5")).containsExactly("heat");
    assertThat(found("--filter", "day<=1995-12-15")).containsExactly("heat");
    assertThat(found("--filter", "day>1995-12-15")).containsExactly("ronin");
    assertThat(found("--filter", "year=1995")).containsExactly("heat");
    assertThat(found("--filter", "year=1979")).containsExactly("alien");
    assertThat(found("--filter", "seen=true")).containsExactly("heat");
    assertThat(found("--filter", "seen!=true")).containsExactly("ronin", "alien");
  }

  @Test
  void attributesArePrintedAsTheyAre() {
    assertThat(hits("-k", 1).get(0).get("attributes").toString())
        .isEqualTo("{\"day\":\"1995-12-15\",\"seen\":true,\"year\":1995}");
  }

  @Test
  void hitsThatAreNearlyTheSameAreFolded() {
    assertThat(found("--fold", 0.99)).containsExactly("heat", "alien");
    assertThat(Cli.run("search", films, "--vector", "1,0", "--fold", 0.99).out())
        .contains("heat", "(and ronin)");
  }

  @Test
  void whatCannotBeIsRefusedWithASentence() {
    refused("gt of day is \"soon\"; give a number or a date", "--filter", "day>soon");
    Object[] many = new Object[1_002];
    Arrays.fill(many, "a=b");
    many[0] = "--filter";
    refused("the filter has 1001 conditions; give at most 1000", many);
    Cli.Run image = Cli.run("search", films, "--image", films.resolve("x.png"));
    assertThat(image.code()).isEqualTo(2);
    assertThat(Cli.run("index", "info", films).out())
        .contains("model: none, vectors of width 2 came from elsewhere");
  }

  private void refused(String sentence, Object... options) {
    Object[] line =
        Arrays.copyOf(new Object[] {"search", films, "--vector", "1,0"}, 4 + options.length);
    System.arraycopy(options, 0, line, 4, options.length);
    Cli.Run run = Cli.run(line);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
  }

  /** What {@code serve --collections} does. */
  @Test
  void aFolderOfCollectionsIsServedAndOthersAreMadeInIt() throws Exception {
    try (Serving serving = Serving.start(Content.home(folder), ServerOptions.loopback(0))) {
      String collections = "http://127.0.0.1:" + serving.port() + "/v1/collections/";
      assertThat(
              status(HttpRequest.newBuilder(URI.create(collections + "films")).GET()))
          .isEqualTo(200);
      HttpRequest.Builder make = HttpRequest.newBuilder(URI.create(collections + "more"))
          .PUT(HttpRequest.BodyPublishers.ofString("{\"width\":3}"))
          .header("Content-Type", "application/json");
      assertThat(status(make)).isEqualTo(201);
      assertThat(Collection.exists(folder.resolve("more"))).isTrue();
    }
    assertThat(Cli.json("index", "info", folder.resolve("more")).get("count").asInt())
        .isZero();
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
