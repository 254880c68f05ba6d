package lapidary.search.http.predict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Json;
import lapidary.search.predict.Pair;
import lapidary.search.predict.PredictionService;

/**
 * What a model is to answer, as it was sent: a picture ({@link SentPicture}), or JSON with {@code rows}, each an object of columns, or
 * with {@code pairs}, each of {@code user} and {@code item}.
 */
@FunctionalInterface
interface PredictionRequest {
  /** Classes when none are asked for by number. */
  int USUAL_TOP = 5;
  /** The most classes of one answer. */
  int MOST_TOP = 1000;
  /** The most rows, or pairs, of one request. */
  int MOST_ROWS = 4096;

  /** Asks the service. */
  Record answer(PredictionService service, String model);

  static PredictionRequest read(Body body) {
    if (!body.isJson()) {
      return ofPicture(SentPicture.read(body));
    }
    JsonNode sent = Json.object(body.bytes().content(), "the body", List.of("rows", "pairs"));
    if (sent.has("rows") == sent.has("pairs")) {
      throw new InvalidInputException(
          "the body has to have rows of a table, or pairs of user and item; give one of the two");
    }
    return sent.has("rows") ? ofRows(sent.get("rows")) : ofPairs(sent.get("pairs"));
  }

  private static PredictionRequest ofPicture(SentPicture picture) {
    int top = picture.top().map(PredictionRequest::top).orElse(USUAL_TOP);
    return (service, model) -> ModelAnswers.Classes.of(
        model, service.classify(model, picture.bytes(), SentPicture.NAME, top));
  }

  private static int top(String sent) {
    // Four digits fit an int.
    int top = sent.matches("[0-9]{1,4}") ? Integer.parseInt(sent) : 0;
    if (top < 1 || top > MOST_TOP) {
      throw new InvalidInputException("k is " + sent + "; ask for 1 to " + MOST_TOP + " classes");
    }
    return top;
  }

  private static PredictionRequest ofRows(JsonNode sent) {
    List<Map<String, String>> rows =
        bounded(sent, "rows").stream().map(PredictionRequest::row).toList();
    return (service, model) -> ModelAnswers.Rows.of(model, service.predict(model, rows));
  }

  private static Map<String, String> row(JsonNode sent) {
    if (!sent.isObject()) {
      throw new InvalidInputException(
          "a row is not a JSON object; send names of columns and values");
    }
    Map<String, String> row = new LinkedHashMap<>();
    sent.properties().forEach(field -> row.put(field.getKey(), cell(field)));
    return row;
  }

  /** As a file would have it; null is a missing value. */
  private static String cell(Map.Entry<String, JsonNode> field) {
    if (field.getValue().isContainerNode()) {
      throw new InvalidInputException("column " + field.getKey()
          + " is not one value; send text, a number, true, false or null");
    }
    return field.getValue().isNull() ? "" : field.getValue().asText();
  }

  private static PredictionRequest ofPairs(JsonNode sent) {
    List<Pair> pairs =
        bounded(sent, "pairs").stream().map(PredictionRequest::pair).toList();
    return (service, model) -> ModelAnswers.Ratings.of(model, service.rate(model, pairs));
  }

  private static Pair pair(JsonNode sent) {
    Json.requireFields(sent, "a pair", List.of("user", "item"));
    return new Pair(id(sent, "user"), id(sent, "item"));
  }

  /** Ids are text or, as in many data sets, whole numbers. */
  private static String id(JsonNode pair, String name) {
    if (!pair.has(name)) {
      throw new InvalidInputException("a pair has no " + name + "; send user and item");
    }
    JsonNode id = pair.get(name);
    return id.isIntegralNumber() ? id.asText() : Json.text(id, name);
  }

  private static List<JsonNode> bounded(JsonNode sent, String name) {
    List<JsonNode> list = Json.list(sent, name);
    if (list.isEmpty() || list.size() > MOST_ROWS) {
      throw new InvalidInputException(
          "there are " + list.size() + " " + name + "; send 1 to " + MOST_ROWS + " at a time");
    }
    return list;
  }
}
