package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import lapidary.search.http.route.Json;

/** What is written of the routes about spaces, whose paths begin with that of what they are the space of. Stateless. */
final class SpaceDocument {
  private static final String PARAMETERS = "parameters";

  private SpaceDocument() {}

  /** Adds it to the document of a feature, under a path; with the parameters that the feature's document has for that path. */
  static void addTo(ObjectNode documentation, String prefix) {
    JsonNode written = Json.parse(Resources.bytes("openapi/space.json"), "space");
    JsonNode parameters = documentation.path("paths").path(prefix).path(PARAMETERS);
    ObjectNode paths = documentation.withObject("/paths");
    for (Map.Entry<String, JsonNode> path : written.path("paths").properties()) {
      ObjectNode operations = paths.putObject(prefix + path.getKey());
      if (!parameters.isMissingNode()) {
        operations.set(PARAMETERS, parameters);
      }
      operations.setAll((ObjectNode) path.getValue());
    }
    for (Map.Entry<String, JsonNode> kind : written.path("components").properties()) {
      documentation.withObject("/components").withObject("/" + kind.getKey()).setAll((ObjectNode)
          kind.getValue());
    }
  }
}
