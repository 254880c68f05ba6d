package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lapidary.search.SearchService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {
  @TempDir
  Path folder;

  @Test
  void documentsExactlyTheRoutesThatAreServed() throws Exception {
    Set<String> served = new TreeSet<>();
    try (Workers workers = new Workers(ServerOptions.Limits.usual());
        SearchService service = new SearchService(java.util.List.of(), java.util.List.of())) {
      for (Routes.Route route : new Routes(service, Optional.empty(), workers, () -> true).all()) {
        served.add(route.method().name() + " " + route.path());
      }
    }
    assertThat(documented(document())).isEqualTo(served);
  }

  private static Set<String> documented(JsonNode document) {
    Set<String> documented = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (!operation.getKey().equals("parameters")) {
          documented.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return documented;
  }

  @Test
  void answersHaveTheDocumentedFields() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      JsonNode document = fixture.client.get("/openapi.json").json();
      JsonNode collection = fixture.client.get("/v1/collections/greys").json();
      fits(document, "Collection", collection);
      fits(
          document,
          "Hits",
          fixture
              .client
              .post("/v1/collections/greys/search", "{\"id\":\"left\"}")
              .json());
      fits(
          document,
          "Hit",
          fixture
              .client
              .post("/v1/collections/greys/search", "{\"id\":\"left\"}")
              .json()
              .path("hits")
              .get(0));
      fits(
          document,
          "Stored",
          fixture
              .client
              .put("/v1/collections/greys/items/x", "{\"vector\":[1,0,0,0,0,0]}")
              .json());
      fits(document, "Error", fixture.client.get("/nothing").json());
      fixture.client.put("/v1/collections/greys/items/corner", "{\"vector\":[1,0,0,0,0,0]}");
      JsonNode projection =
          fixture.client.get("/v1/collections/greys/projection").json();
      fits(document, "Projection", projection);
      JsonNode movies = fixture.client.get("/v1/movies").json();
      fits(document, "Movies", movies);
      fits(document, "Movie", movies.path("movies").get(0));
      JsonNode ranking = fixture.client.get("/v1/movies/best").json();
      fits(document, "Ranking", ranking);
      fits(document, "Movie", ranking.path("movies").get(0));
      fits(document, "Ready", fixture.client.get("/v2/health/ready").json());
    }
  }

  private static void fits(JsonNode document, String schema, JsonNode answer) {
    JsonNode described = document.path("components").path("schemas").path(schema);
    Set<String> required = new TreeSet<>();
    described.path("required").forEach(name -> required.add(name.asText()));
    Set<String> known = new TreeSet<>();
    described.path("properties").fieldNames().forEachRemaining(known::add);
    Set<String> found = new TreeSet<>();
    answer.fieldNames().forEachRemaining(found::add);
    assertThat(found).isNotEmpty().containsAll(required);
    assertThat(known).containsAll(found);
  }

  @Test
  void everyReferenceLeadsSomewhere() throws Exception {
    JsonNode document = document();
    for (JsonNode reference : document.findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      assertThat(document.at(pointer).isMissingNode()).as(pointer).isFalse();
    }
  }

  private JsonNode document() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      return fixture.client.get("/openapi.json").json();
    }
  }
}
