package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.http.route.ServerLimits;

/**
 * The OpenAPI document of a server, built from its routes: each has the operation that its feature documents, and the refusals that
 * follow from its access and limits. A route without documentation cannot be served. Thread-safe.
 */
final class OpenApi {
  private static final String RESPONSES = "responses";
  private static final String PARAMETERS = "parameters";

  /** What a token has to allow; OpenAPI 3.0 has no word for it. */
  private static final String ROLE = "x-role";

  /** What a request may take; OpenAPI has no word for it either. */
  private static final String LIMITS = "x-limits";

  /** While a server stops, requests are refused before they come to a route. */
  private static final Map<String, String> ALWAYS =
      Map.of("403", "Forbidden", "500", "ServerError", "503", "Unavailable");

  private static final Map<String, String> OF_WORK = Map.of(
      "408", "RequestTimeout",
      "413", "ContentTooLarge",
      "429", "TooManyRequests",
      "504", "DeadlineExceeded");

  private final ObjectNode root =
      (ObjectNode) Json.parse(Resources.bytes("openapi/base.json"), "base");

  private final ServerLimits limits;

  private OpenApi(ServerLimits limits) {
    this.limits = limits;
  }

  /** A feature that answers with the document of some features and of itself. */
  static Feature feature(List<Feature> features, ServerLimits limits) {
    Self self = new Self();
    List<Feature> all = new ArrayList<>(features);
    all.add(self.feature);
    self.document = of(all, limits);
    return self.feature;
  }

  /** The document lists the route that answers with it, so it is there only after that. */
  private static final class Self {
    final Feature feature =
        new Feature("document", List.of(Route.get("/openapi.json", this::answer)));
    byte[] document = {};

    private void answer(Exchange exchange) {
      exchange.answer("application/json", document);
    }
  }

  /**
   * The document of some features, JSON.
   *
   * @throws IllegalStateException if a route is not documented, or there twice
   */
  static byte[] of(List<Feature> features, ServerLimits limits) {
    OpenApi document = new OpenApi(limits);
    for (Feature feature : features) {
      feature.routes().forEach(route -> document.add(route, feature.documentation()));
      document.addComponents(feature.documentation());
    }
    return Json.bytes(document.root);
  }

  private void add(Route route, JsonNode documentation) {
    String method = route.method().name().toLowerCase(Locale.ROOT);
    JsonNode documented = documentation.path("paths").path(route.path());
    JsonNode operation = documented.path(method);
    if (operation.isMissingNode()) {
      throw new IllegalStateException(route.name()
          + " is not documented, so it cannot be served; add its operation to the feature's"
          + " OpenAPI document");
    }
    ObjectNode path = root.withObject("/paths").withObjectProperty(route.path());
    if (path.has(method)) {
      throw new IllegalStateException(route.name() + " is served twice; omit one of the two");
    }
    if (documented.has(PARAMETERS)) {
      path.set(PARAMETERS, documented.get(PARAMETERS));
    }
    path.set(method, completed(route, operation.deepCopy()));
  }

  private ObjectNode completed(Route route, ObjectNode operation) {
    boolean open = route.role().isEmpty();
    if (open) {
      // One way to be let in: with nothing.
      operation.putArray("security").addObject();
    }
    route.role().ifPresent(role -> operation.put(ROLE, role.name().toLowerCase(Locale.ROOT)));
    // By status, so that the document is the same each time.
    SortedMap<String, JsonNode> responses = new TreeMap<>();
    ALWAYS.forEach((status, name) -> responses.put(status, reference(name)));
    if (!open) {
      responses.put("401", reference("Unauthorized"));
    }
    if (route.limits().work()) {
      OF_WORK.forEach((status, name) -> responses.put(status, reference(name)));
      addLimits(route.limits().within(limits), operation);
    }
    // What an operation says itself counts.
    operation
        .path(RESPONSES)
        .properties()
        .forEach(own -> responses.put(own.getKey(), own.getValue()));
    operation.set(RESPONSES, JsonNodeFactory.instance.objectNode().setAll(responses));
    return operation;
  }

  private void addLimits(Route.Limits bounds, ObjectNode operation) {
    operation
        .putObject(LIMITS)
        .put("body_bytes", bounds.bodyBytes())
        .put("json_bytes", bounds.jsonBytes())
        .put("answer_bytes", limits.answerBytes())
        .put("seconds", bounds.time().toMillis() / 1000.)
        .put("places", bounds.places());
    operation
        .withArray("/" + PARAMETERS)
        .addObject()
        .put("$ref", "#/components/parameters/Deadline");
  }

  private static JsonNode reference(String response) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/responses/" + response);
  }

  private void addComponents(JsonNode documentation) {
    for (Map.Entry<String, JsonNode> kind : documentation.path("components").properties()) {
      ObjectNode all = root.withObjectProperty("components").withObjectProperty(kind.getKey());
      kind.getValue().properties().forEach(one -> {
        JsonNode before = all.get(one.getKey());
        if (before != null && !before.equals(one.getValue())) {
          throw new IllegalStateException("two features document another " + one.getKey()
              + "; give one of the two another name");
        }
        all.set(one.getKey(), one.getValue());
      });
    }
  }
}
