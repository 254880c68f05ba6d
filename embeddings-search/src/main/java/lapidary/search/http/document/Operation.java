package lapidary.search.http.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.search.http.route.Route;
import lapidary.search.http.route.ServerLimits;

/**
 * The operation that documents a route: what a resource says of it, and what follows from the route itself, which are its name and
 * tag, who is let in, and the refusals of its access and limits. Stateless.
 */
public final class Operation {
  private static final String RESPONSES = "responses";
  private static final String DESCRIPTION = "description";
  private static final String NAME = "operationId";

  /** What a token has to allow; OpenAPI 3.0 has no word for it. */
  private static final String ROLE = "x-role";

  /** While a server stops, requests are refused before they come to a route. */
  private static final Map<String, String> ALWAYS =
      Map.of("403", "Forbidden", "500", "ServerError", "503", "Unavailable");

  private static final Map<String, String> OF_WORK = Map.of(
      "408", "RequestTimeout",
      "413", "ContentTooLarge",
      "429", "TooManyRequests",
      "504", "DeadlineExceeded");

  /** What a request may take; OpenAPI has no word for it. */
  private static final String LIMITS = "x-limits";

  private Operation() {}

  /**
   * Completes what is written of a route.
   *
   * @param server what the server takes
   * @param tag what operations of its feature are told by
   */
  public static ObjectNode of(Route route, ServerLimits server, String tag, ObjectNode written) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode();
    operation.put(NAME, written.path(NAME).asText(OperationName.of(route)));
    operation.putArray("tags").add(tag);
    operation.setAll(written);
    operation.put(DESCRIPTION, described(route, written.path(DESCRIPTION).asText()));
    if (route.role().isEmpty()) {
      // One way to be let in: with nothing.
      operation.putArray("security").addObject();
    }
    route.role().ifPresent(role -> operation.put(ROLE, role.name().toLowerCase(Locale.ROOT)));
    operation.set(RESPONSES, responses(route, written.path(RESPONSES)));
    if (route.limits().work()) {
      addLimits(route.limits().within(server), server.answerBytes(), operation);
    }
    return operation;
  }

  private static void addLimits(Route.Limits bounds, int answerBytes, ObjectNode operation) {
    operation
        .putObject(LIMITS)
        .put("body_bytes", bounds.bodyBytes())
        .put("json_bytes", bounds.jsonBytes())
        .put("answer_bytes", answerBytes)
        .put("seconds", bounds.time().toMillis() / 1000.)
        .put("places", bounds.places());
    operation.withArray("/parameters").addObject().put("$ref", "#/components/parameters/Deadline");
  }

  private static String described(Route route, String own) {
    String access = route
        .role()
        .map(role -> "Where tokens are wanted, one that may " + role.described() + ".")
        .orElse("Wants no token.");
    String work = route.limits().work() ? " Takes a place among those that are worked on." : "";
    return (own + " " + access + work).strip();
  }

  /** By status, so that the document is the same each time. */
  private static ObjectNode responses(Route route, JsonNode written) {
    SortedMap<String, JsonNode> responses = new TreeMap<>();
    ALWAYS.forEach((status, name) -> responses.put(status, reference(name)));
    if (route.role().isPresent()) {
      responses.put("401", reference("Unauthorized"));
    }
    if (route.limits().work()) {
      OF_WORK.forEach((status, name) -> responses.put(status, reference(name)));
    }
    // What an operation says itself counts.
    written.properties().forEach(own -> responses.put(own.getKey(), own.getValue()));
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.setAll(responses);
    return all;
  }

  private static JsonNode reference(String response) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/responses/" + response);
  }
}
