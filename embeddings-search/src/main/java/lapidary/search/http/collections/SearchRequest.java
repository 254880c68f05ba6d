package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.search.Example;
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
 * {@code k}, {@code offset}, {@code filter}, {@code diversity}, {@code fold}, {@code min_score} and {@code exact}. Form: {@code image}, with or without
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
      List.of("text", "k", "offset", "filter", "diversity", "fold", "min_score", "exact");
  private static final List<String> JSON_FIELDS = joined(NEAR, WANTED);
  private static final List<String> FORM_FIELDS = joined(List.of("image"), WANTED);

  /** Options that are numbers. */
  private static final List<Option> NUMBERS = List.of(
      new Option("diversity", "a number from 0 to 1", SearchOptions::diversified),
      new Option(
          "fold",
          "a cosine, such as 0.99",
          (options, cosine) -> options.folded(cosine.floatValue())),
      new Option(
          "min_score",
          "a number, such as 0.8",
          (options, score) -> options.scoring(score.floatValue())));

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
        ? Optional.of(Query.near(examples(node, "like"), examples(node, "unlike")))
        : Optional.empty();
  }

  /** Ids of items, and vectors. */
  private static List<Example> examples(JsonNode node, String name) {
    return node.has(name)
        ? Json.list(node.get(name), name).stream()
            .map(example -> example.isArray()
                ? Example.vector(Json.vector(example))
                : Example.item(Json.text(example, name)))
            .toList()
        : List.of();
  }

  /** An option as text; what it is not as text is not taken either. */
  private interface Fields extends Function<String, Optional<String>> {}

  private static SearchOptions options(JsonNode node) {
    Filter filter =
        node.has("filter") ? FilterReader.read(node.get("filter")) : Filter.everything();
    return options(
        filter,
        name -> Optional.ofNullable(node.get(name))
            .map(value -> value.isTextual() ? "not a number or boolean" : value.toString()));
  }

  private static SearchOptions options(Filter filter, Fields fields) {
    int k = fields.apply("k").map(text -> whole("k", text, 1)).orElse(USUAL_K);
    int offset = fields.apply("offset").map(text -> whole("offset", text, 0)).orElse(0);
    if (k + offset > MAX_K) {
      throw new InvalidInputException("hits " + offset + " to " + (offset + k)
          + " are asked for; only the first " + MAX_K + " can be");
    }
    boolean exact = fields.apply("exact").map(SearchRequest::flag).orElse(false);
    SearchOptions options = SearchOptions.nearest(k)
        .from(offset)
        .filtered(filter)
        .by(exact ? Wanted.Method.EXACT : Wanted.Method.USUAL);
    for (Option option : NUMBERS) {
      SearchOptions before = options;
      options = fields
          .apply(option.field)
          .map(text -> option.with.apply(before, option.number(text)))
          .orElse(before);
    }
    return options;
  }

  /** An option, what to give for it, and what it does. */
  private record Option(
      String field, String form, BiFunction<SearchOptions, Double, SearchOptions> with) {
    double number(String text) {
      try {
        return DecimalNumber.toDouble(text);
      } catch (NumberFormatException e) {
        throw new InvalidInputException(field + " is " + text + "; give " + form, e);
      }
    }
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
    SearchOptions options = options(filter(form.text("filter")), form::text);
    Optional<Query> words = form.text("text").map(Query::words);
    return new SearchRequest(
        (service, collection) -> {
          Query near = service.image(collection, image, "the image");
          return words.map(near::and).orElse(near);
        },
        options);
  }

  private static Filter filter(Optional<String> json) {
    return json.map(FilterReader::ofText).orElse(Filter.everything());
  }

  private static int whole(String name, String text, int least) {
    int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    if (number < least || number > MAX_K) {
      throw new InvalidInputException(
          name + " is " + text + "; ask for " + least + " to " + MAX_K + " hits");
    }
    return number;
  }
}
