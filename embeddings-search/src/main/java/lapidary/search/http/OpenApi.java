package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lapidary.search.http.document.AnswerSchemas;
import lapidary.search.http.document.Operation;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Refusal;
import lapidary.search.http.route.Route;
import lapidary.search.http.route.ServerLimits;

/**
 * The OpenAPI document of a server, built from its routes: each has the operation that its feature documents, and the refusals that
 * follow from its access and limits. A route without documentation cannot be served. Thread-safe.
 */
final class OpenApi {
  private static final String PARAMETERS = "parameters";

  private final ObjectNode root =
      (ObjectNode) Json.parse(Resources.bytes("openapi/base.json"), "base");

  private final Set<String> names = new HashSet<>();

  private final ServerLimits limits;

  private OpenApi(ServerLimits limits) {
    this.limits = limits;
    new AnswerSchemas(Map.of("Error", Refusal.class)).addTo(root.withObject("/components/schemas"));
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
      feature.routes().forEach(route -> document.add(route, feature));
      document.addTag(feature);
      document.addComponents(feature.documentation());
    }
    return Json.bytes(document.root);
  }

  private void add(Route route, Feature feature) {
    String method = route.method().name().toLowerCase(Locale.ROOT);
    JsonNode documented = feature.documentation().path("paths").path(route.path());
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
    ObjectNode completed = Operation.of(route, limits, feature.name(), operation.deepCopy());
    requireNew(completed.path("operationId").asText(), route);
    path.set(method, completed);
  }

  /** Clients are generated with a method for each. */
  private void requireNew(String name, Route route) {
    if (!names.add(name)) {
      throw new IllegalStateException(route.name() + " is called " + name
          + " as another operation is; give it an operationId of its own");
    }
  }

  private void addTag(Feature feature) {
    root.withArray("tags")
        .addObject()
        .put("name", feature.name())
        .put("description", feature.documentation().path("description").asText(feature.name()));
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
