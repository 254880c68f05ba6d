package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lapidary.search.SearchService;
import lapidary.search.http.movies.SampleRanking;
import lapidary.search.http.route.Route;
import lapidary.search.http.route.ServerLimits;
import lapidary.search.metrics.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {
  private static final Contract.Answered READY =
      new Contract.Answered("GET", "/v2/health/ready", 200, "application/json", "{\"ready\":true}");

  private static final String GREYS = "/v1/collections/greys";

  private static final List<String> ASKED = List.of(
      "/v1/collections",
      GREYS,
      GREYS + "/items?limit=1",
      GREYS + "/items/left?vector=true",
      GREYS + "/projection",
      "/openapi.json",
      "/v2/health/live",
      "/v2/health/ready",
      "/v1/movies",
      "/v1/movies/best",
      "/v1/movies/worst",
      "/v1/movies/new",
      "/v1/movies/similar?movie=1",
      "/v1/movies/facets",
      "/v1/movies/plot",
      "/v1/movies/items/1",
      "/v1/movies/users/7/ratings",
      "/v1/access");

  @TempDir
  Path folder;

  private static List<Feature> features() {
    return SearchServer.complete(
        List.of(
            Feature.collections(new SearchService(List.of(), List.of())),
            Feature.noMovies(),
            Feature.metrics(new Metrics())),
        ServerOptions.loopback(0),
        () -> true);
  }

  @Test
  void documentsExactlyTheRoutesThatAreServed() throws Exception {
    Set<String> served = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    for (Feature feature : features()) {
      feature.routes().forEach(route -> served.add(route.name()));
      written.addAll(documented(feature.documentation()));
    }
    assertThat(documented(document())).isEqualTo(served);
    assertThat(written).as("nothing is documented that no route serves").isEqualTo(served);
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
  void aRouteWithoutDocumentationCannotBeServed() {
    Feature secret =
        new Feature("movies", List.of(Route.get("/v1/secret", exchange -> exchange.answer(204))));
    assertThatThrownBy(() -> SearchServer.start(List.of(secret), ServerOptions.loopback(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /v1/secret is not documented");
  }

  @Test
  void aRouteIsServedOnce() {
    assertThatThrownBy(() -> SearchServer.start(
            List.of(Feature.noMovies(), Feature.noMovies()), ServerOptions.loopback(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /v1/movies is served twice");
  }

  @Test
  void anOperationHasANameOfItsOwn() {
    Feature clash = new Feature(
        "clash",
        List.of(
            Route.get("/v1/things", exchange -> exchange.answer(204)),
            Route.get("/v2/things", exchange -> exchange.answer(204))));
    assertThatThrownBy(() -> OpenApi.of(List.of(clash), ServerLimits.usual()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "GET /v2/things is called getThings as another operation is; give it an operationId");
  }

  @Test
  void operationsTellTheirFeatureAndWhoIsLetIn() throws Exception {
    JsonNode paths = document().path("paths");
    JsonNode put = paths.path("/v1/collections/{collection}/items/{id}").path("put");
    assertThat(put.path("operationId").asText()).isEqualTo("putCollectionItem");
    assertThat(put.path("tags").toString()).isEqualTo("[\"collections\"]");
    assertThat(put.path("description").asText())
        .contains("one that may change items", "Takes a place");
    assertThat(paths.path("/v2/health/live").path("get").path("description").asText())
        .isEqualTo("Wants no token.");
  }

  @Test
  void refusalsFollowFromARoutesAccessAndLimits() throws Exception {
    JsonNode paths = document().path("paths");
    assertThat(statuses(paths, "/v2/health/live", "get")).isEqualTo("200 403 500 503");
    assertThat(statuses(paths, "/v1/collections", "get")).isEqualTo("200 401 403 500 503");
    assertThat(statuses(paths, "/v1/movies/recommend", "post"))
        .isEqualTo("200 400 401 403 404 408 413 415 429 500 503 504");
  }

  /** Of a server, and of a route that takes less. */
  @Test
  void limitsAreThoseOfTheRouteAndTheServer() throws Exception {
    ServerLimits limits = ServerLimits.usual();
    JsonNode paths = document().path("paths");
    JsonNode search = paths.at("/~1v1~1collections~1{collection}~1search/post");
    assertThat(search.at("/x-limits/body_bytes").asInt()).isEqualTo(limits.bodyBytes());
    assertThat(search.at("/x-limits/json_bytes").asInt()).isEqualTo(limits.jsonBytes());
    assertThat(search.at("/x-limits/answer_bytes").asInt()).isEqualTo(limits.answerBytes());
    assertThat(search.at("/x-limits/seconds").asDouble()).isEqualTo(30);
    assertThat(search.at("/x-limits/places").asInt())
        .isEqualTo(limits.workers() + limits.waiting());
    assertThat(search.path("parameters").toString()).contains("#/components/parameters/Deadline");
    JsonNode projection = paths.at("/~1v1~1collections~1{collection}~1projection/get");
    assertThat(projection.at("/x-limits/body_bytes").asInt()).isEqualTo(limits.bodyBytes());
    assertThat(paths.path("/v1/collections").path("get").has("x-limits")).isFalse();
  }

  private static String statuses(JsonNode paths, String path, String method) {
    List<String> statuses = new ArrayList<>();
    paths.path(path).path(method).path("responses").fieldNames().forEachRemaining(statuses::add);
    return String.join(" ", statuses);
  }

  /** Said once, in components, and referred to. */
  @Test
  void refusalsAreReferences() throws Exception {
    int references = 0;
    for (JsonNode responses : document().path("paths").findValues("responses")) {
      for (Map.Entry<String, JsonNode> response : responses.properties()) {
        boolean refusal = response.getKey().compareTo("400") >= 0;
        boolean ready = response.getValue().toString().contains("/schemas/Ready");
        assertThat(response.getValue().has("$ref")).as("%s", response).isEqualTo(refusal && !ready);
        references += refusal ? 1 : 0;
      }
    }
    assertThat(references).isGreaterThan(100);
  }

  /** Which answer is asked for here the client holds against the document, as in all tests. */
  @Test
  void everyAnswerOfJsonIsHeldAgainstTheDocument() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      Client client = fixture.client;
      client.put(GREYS + "/items/corner", "{\"vector\":[1,0,0,0,0,0]}");
      client.put(
          GREYS,
          "{\"width\":6,\"model\":{\"sha256\":\"" + "a1".repeat(32)
              + "\",\"output\":\"features\"}}");
      client.post(GREYS + "/search", "{\"id\":\"left\"}");
      client.post(GREYS + "/facets", "{\"label\":true,\"attributes\":[\"split\"]}");
      client.post(GREYS + "/duplicates", "{\"threshold\":0.5}");
      client.post("/v1/movies/visitor", "{\"ratings\":[{\"movie\":1,\"rating\":5}],\"about\":[2]}");
      client.post(GREYS + "/items/batch", "{\"delete\":[\"none\"]}");
      client.send(client
          .request(GREYS + "/items/bulk")
          .POST(HttpRequest.BodyPublishers.ofString("{\"delete\":\"none\"}\n?"))
          .header("Content-Type", "application/x-ndjson"));
      for (String path : ASKED) {
        assertThat(client.get(path).status()).as(path).isEqualTo(200);
      }
      askSpaces(client);
    }
    // The fixture has no rating file, so nobody is recommended to.
    Contract.OF_SERVER.require(recommended());
    assertThat(Contract.OF_SERVER.seen()).containsAll(Contract.OF_SERVER.successes());
    assertThat(Contract.OF_SERVER.successes()).hasSizeGreaterThan(12);
  }

  private static void askSpaces(Client client) throws Exception {
    for (String of : List.of(GREYS, "/v1/movies")) {
      Client.Answer space = client.get(of + "/projection");
      String version = space.json().path("version").asText();
      assertThat(client.get(of + "/projection/legend?version=" + version).status())
          .isEqualTo(200);
      Client.Answer items = client.post(
          of + "/projection/items", "{\"version\":\"" + version + "\",\"indices\":[0]}");
      assertThat(items.status()).isEqualTo(200);
    }
  }

  private static Contract.Answered recommended() {
    return new Contract.Answered(
        "POST",
        "/v1/movies/recommend",
        200,
        "application/json",
        SampleRanking.json(Fixture.FILMS.films().get(0)));
  }

  /** The control: a document that says otherwise, or not everything, is breached by the same answers. */
  @Test
  void aDocumentThatSaysOtherwiseIsBreached() throws Exception {
    assertThatCode(() -> contract(ready()).require(READY)).doesNotThrowAnyException();
    ObjectNode text = ready();
    ready(text).withObject("/properties/ready").put("type", "string");
    assertBreached(text, READY, "string expected");
    ObjectNode more = ready();
    ready(more).withArray("required").add("since");
    assertBreached(more, READY, "'since'");
    ObjectNode less = ready();
    ready(less).withObject("/properties").remove("ready");
    assertBreached(less, READY, "'ready'");
    ObjectNode status = ready();
    status.withObject("/paths/~1v2~1health~1ready/get/responses").remove("200");
    assertBreached(status, READY, "status not documented");
    ObjectNode type = ready();
    type.withObject("/paths/~1v2~1health~1ready/get/responses/200/content")
        .remove("application/json");
    assertBreached(type, READY, "media type not documented");
    ObjectNode path = ready();
    path.withObject("/paths").remove("/v2/health/ready");
    assertBreached(path, READY, "not documented");
  }

  private static ObjectNode ready() throws Exception {
    return (ObjectNode) new ObjectMapper().readTree(OpenApi.of(features(), ServerLimits.usual()));
  }

  private static ObjectNode ready(ObjectNode document) {
    return document.withObject("/components/schemas/Ready");
  }

  private static Contract contract(ObjectNode document) {
    return new Contract(document.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void assertBreached(ObjectNode document, Contract.Answered answered, String part) {
    assertThatThrownBy(() -> contract(document).require(answered))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(part);
  }

  @Test
  void everyReferenceLeadsSomewhere() throws Exception {
    JsonNode document = document();
    for (JsonNode reference : document.findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      assertThat(document.at(pointer).isMissingNode()).as(pointer).isFalse();
    }
  }

  /** What is served is what the client of all tests holds answers against. */
  @Test
  void theDocumentIsServedAsItIsBuilt() throws Exception {
    assertThat(document()).isEqualTo(ready());
    // For .ci/openapi-lint.
    Files.write(Path.of("target/openapi.json"), OpenApi.of(features(), ServerLimits.usual()));
  }

  private JsonNode document() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      return fixture.client.get("/openapi.json").json();
    }
  }
}
