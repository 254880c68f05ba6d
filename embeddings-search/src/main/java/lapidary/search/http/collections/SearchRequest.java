package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.search.Hit;
import lapidary.search.Query;
import lapidary.search.SearchOptions;
import lapidary.search.SearchService;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Form;
import lapidary.search.http.route.Json;
import lapidary.search.store.Filter;
import lapidary.search.store.Wanted;

/**
 * A query as it was sent. JSON: one of {@code vector}, {@code id} and {@code like} with {@code unlike}, or {@code text}, or both, with
 * {@code k}, {@code filter}, {@code diversity}, {@code min_score} and {@code exact}. Form: {@code image}, with or without
 * {@code text}, and the same as text. Immutable.
 *
 * @param asked what to look for
 * @param options what of it
 */
record SearchRequest(Asked asked, SearchOptions options) {
  /** Hits when none are asked for by number. */
  static final int USUAL_K = 10;
  /** The most hits of one answer. */
  static final int MAX_K = 1000;

  private static final List<String> NEAR = List.of("vector", "id", "like", "unlike");
  private static final List<String> WANTED =
      List.of("text", "k", "filter", "diversity", "min_score", "exact");
  private static final List<String> JSON_FIELDS = joined(NEAR, WANTED);
  private static final List<String> FORM_FIELDS = joined(List.of("image"), WANTED);

  /** What is looked for, in the terms of a collection. */
  @FunctionalInterface
  interface Asked {
    Query in(SearchService service, String collection);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  static SearchRequest read(Body body) {
    if (body.isJson()) {
      return ofJson(Json.object(body.bytes().content(), "the body", JSON_FIELDS));
    }
    if (body.isMultipart()) {
      return ofForm(Form.read(body, FORM_FIELDS));
    }
    throw Body.unsupported(body);
  }

  List<Hit> run(SearchService service, String collection) {
    return service.search(collection, asked.in(service, collection), options);
  }

  private static SearchRequest ofJson(JsonNode node) {
    Optional<Query> near = near(node);
    Optional<Query> words =
        Optional.ofNullable(node.get("text")).map(text -> Query.words(Json.text(text, "text")));
    Query query = Stream.of(near, words)
        .flatMap(Optional::stream)
        .reduce(Query::and)
        .orElseThrow(() -> nothingToSearch());
    return new SearchRequest((service, collection) -> query, options(node));
  }

  private static InvalidInputException nothingToSearch() {
    return new InvalidInputException(
        "the body has to say what to search: give vector, id, like or text");
  }

  private static Optional<Query> near(JsonNode node) {
    boolean likes = node.has("like") || node.has("unlike");
    if ((node.has("vector") ? 1 : 0) + (node.has("id") ? 1 : 0) + (likes ? 1 : 0) > 1) {
      throw new InvalidInputException(
          "the body says twice what to search: give vector or id, or like with unlike");
    }
    if (node.has("vector")) {
      return Optional.of(Query.vector(Json.vector(node.get("vector"))));
    }
    if (node.has("id")) {
      return Optional.of(Query.item(Json.text(node.get("id"), "id")));
    }
    return likes
        ? Optional.of(Query.liking(ids(node, "like"), ids(node, "unlike")))
        : Optional.empty();
  }

  private static List<String> ids(JsonNode node, String name) {
    return node.has(name)
        ? Json.list(node.get(name), name).stream()
            .map(id -> Json.text(id, name))
            .toList()
        : List.of();
  }

  private static SearchOptions options(JsonNode node) {
    int k = node.has("k") ? k(node.get("k").isIntegralNumber(), node.get("k").asText()) : USUAL_K;
    Filter filter =
        node.has("filter") ? FilterReader.read(node.get("filter")) : Filter.everything();
    return options(
        SearchOptions.nearest(k).filtered(filter),
        number(node, "diversity"),
        number(node, "min_score"),
        Optional.ofNullable(node.get("exact")).map(JsonNode::toString));
  }

  private static Optional<String> number(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name))
        .map(value -> value.isNumber() ? value.asText() : "not a number");
  }

  private static SearchOptions options(
      SearchOptions wanted,
      Optional<String> diversity,
      Optional<String> minimum,
      Optional<String> exact) {
    SearchOptions diverse = diversity
        .map(text -> wanted.diversified(number("diversity", text, "a number from 0 to 1")))
        .orElse(wanted);
    SearchOptions scoring = minimum
        .map(text -> diverse.scoring((float) number("min_score", text, "a number, such as 0.8")))
        .orElse(diverse);
    return scoring.by(
        exact.map(SearchRequest::flag).orElse(false) ? Wanted.Method.EXACT : Wanted.Method.USUAL);
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new InvalidInputException("exact is " + text + "; give true or false");
    }
    return text.equals("true");
  }

  private static SearchRequest ofForm(Form form) {
    byte[] image = form.picture("image", "the image")
        .orElseThrow(() ->
            new InvalidInputException("the form has no field image; send the image file in it"));
    int k = form.text("k").map(text -> k(text.matches("[0-9]+"), text)).orElse(USUAL_K);
    SearchOptions options = options(
        SearchOptions.nearest(k).filtered(filter(form.text("filter"))),
        form.text("diversity"),
        form.text("min_score"),
        form.text("exact"));
    Optional<Query> words = form.text("text").map(Query::words);
    return new SearchRequest(
        (service, collection) -> {
          Query near = service.image(collection, image, "the image");
          return words.map(near::and).orElse(near);
        },
        options);
  }

  private static Filter filter(Optional<String> json) {
    return json.map(text ->
            FilterReader.read(Json.parse(text.getBytes(StandardCharsets.UTF_8), "the filter")))
        .orElse(Filter.everything());
  }

  private static double number(String name, String text, String wanted) {
    try {
      return DecimalNumber.toDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(name + " is " + text + "; give " + wanted, e);
    }
  }

  private static int k(boolean isInteger, String text) {
    // Four digits at most: longer ones need not fit an int.
    int k = isInteger && text.length() <= 4 ? Integer.parseInt(text) : 0;
    if (k < 1 || k > MAX_K) {
      throw new InvalidInputException("k is " + text + "; ask for 1 to " + MAX_K + " hits");
    }
    return k;
  }
}
