package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import lapidary.search.SearchService;
import lapidary.search.http.route.ServerLimits;
import lapidary.search.metrics.Metrics;

/**
 * What an OpenAPI document says of answers, held against answers by a validator of JSON schemas that is not ours. A field that the
 * document does not know is a breach too. Thread-safe.
 */
final class Contract {
  /** What every server of these tests has promised. */
  static final Contract OF_SERVER = new Contract(OpenApi.of(
      SearchServer.complete(
          List.of(
              Feature.collections(new SearchService(List.of(), List.of())),
              Feature.noMovies(),
              Feature.metrics(new Metrics())),
          ServerOptions.loopback(0),
          () -> true),
      ServerLimits.usual()));

  private static final String PLACE = "https://lapidary.invalid/openapi.json";
  private static final Set<String> UNLISTED = Set.of("400", "401", "403", "404", "405");

  private final JsonNode document;
  private final SchemaRegistry schemas;
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  Contract(byte[] document) {
    try {
      this.document = new ObjectMapper().readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close(this.document);
    this.schemas = SchemaRegistry.withDefaultDialect(
        Dialects.getOpenApi30(),
        builder -> builder.schemas(Map.of(PLACE, this.document.toString())));
  }

  /** Objects have the fields that are listed and no others, unless they say which others. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Contract::close);
  }

  /** An answer as a client sees it. */
  record Answered(String method, String path, int status, String mediaType, String text) {
    static Answered of(HttpResponse<String> response) {
      return new Answered(
          response.request().method(),
          response.uri().getRawPath(),
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0],
          response.body());
    }

    @Override
    public String toString() {
      return method + " " + path + " answers " + status + " " + mediaType + " " + text;
    }
  }

  void require(HttpResponse<String> response) {
    require(Answered.of(response));
  }

  /** Fails if the document does not tell of such an answer. */
  void require(Answered answered) {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      String method = answered.method().toLowerCase(Locale.ROOT);
      if (path.getValue().has(method) && answered.path().matches(pattern(path.getKey()))) {
        requireListed(
            answered, "/paths/" + path.getKey().replace("/", "~1") + "/" + method + "/responses/");
        seen.add(answered.method() + " " + path.getKey() + " " + answered.status());
        return;
      }
    }
    // Refused before it came to a route, or there is not one.
    if (!UNLISTED.contains(Integer.toString(answered.status()))) {
      throw new AssertionError("not documented: " + answered);
    }
    requireJson(answered, "/components/schemas/Error");
  }

  private static String pattern(String path) {
    return path.replaceAll("\\{.*?}", "[^/]*");
  }

  private void requireListed(Answered answered, String responses) {
    String pointer = followed(responses + answered.status());
    if (document.at(pointer).isMissingNode()) {
      throw new AssertionError("status not documented: " + answered);
    }
    JsonNode content = document.at(pointer).path("content");
    if (content.isMissingNode() && answered.text().isEmpty()) {
      return;
    }
    if (!content.has(answered.mediaType())) {
      throw new AssertionError("media type not documented: " + answered);
    }
    if (answered.mediaType().equals("application/json")) {
      requireJson(answered, pointer + "/content/application~1json/schema");
    }
  }

  private String followed(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isMissingNode() ? pointer : reference.asText().substring(1);
  }

  private void requireJson(Answered answered, String pointer) {
    List<Error> errors = schemas
        .getSchema(SchemaLocation.of(PLACE + "#" + escaped(pointer)))
        .validate(answered.text(), InputFormat.JSON);
    if (!errors.isEmpty()) {
      throw new AssertionError(answered + "\nis not what is documented: " + errors);
    }
  }

  /** Braces have no place in a fragment of an address. */
  private static String escaped(String pointer) {
    return pointer.replace("{", "%7B").replace("}", "%7D");
  }

  /** Answers that were held against their documentation, such as {@code GET /v1/collections 200}. */
  Set<String> seen() {
    return Set.copyOf(seen);
  }

  /** All answers of JSON that are documented as successes. */
  List<String> successes() {
    List<String> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path -> path.getValue().properties().forEach(operation -> {
          if (operation.getValue().at("/responses/200/content").has("application/json")) {
            all.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " 200");
          }
        }));
    return all;
  }
}
