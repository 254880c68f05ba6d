package lapidary.search.movies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;

/**
 * Finds items by what a person types. In this order, the first that finds anything counts: the id; the whole title; the title as
 * {@link TitleKey} compares it, with its year and without; titles that hold the words in a row. Immutable.
 */
final class TitleIndex {
  private static final int SUGGESTIONS = 3;

  private final List<Catalogue.Item> items;
  private final List<TitleKey> keys;
  private final Map<String, Integer> rows = new HashMap<>();

  TitleIndex(List<Catalogue.Item> items) {
    this.items = items;
    this.keys = items.stream().map(item -> TitleKey.of(item.title())).toList();
    IntStream.range(0, items.size()).forEach(i -> rows.put(items.get(i).id(), i));
  }

  Optional<Integer> row(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  /** The rows that fit, most rated first; none if nothing does. */
  List<Integer> find(String text) {
    if (rows.containsKey(text)) {
      return List.of(rows.get(text));
    }
    TitleKey wanted = TitleKey.of(text);
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Predicate<Integer>> rules = List.of(
        row -> items.get(row).title().equals(text),
        row -> wanted.sameAs(keys.get(row)),
        row -> wanted.within(keys.get(row)));
    return rules.stream()
        .map(this::matching)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private List<Integer> matching(Predicate<Integer> rule) {
    return IntStream.range(0, items.size())
        .boxed()
        .filter(rule)
        .sorted(Comparator.comparingInt((Integer row) -> -items.get(row).ratings()))
        .toList();
  }

  /**
   * The one row that fits.
   *
   * @throws InvalidInputException if several fit, naming them with their ids, or none, naming those spelt most alike
   */
  int require(String text) {
    List<Integer> found = find(text);
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty() ? unknown(text) : ambiguous(text, found);
  }

  private InvalidInputException unknown(String text) {
    List<Integer> near = suggest(text);
    return new InvalidInputException("no item is called \"" + text + "\""
        + (near.isEmpty()
            ? "; give an id or words of a title"
            : "; did you mean " + listed(near) + "?"));
  }

  private InvalidInputException ambiguous(String text, List<Integer> found) {
    int shown = Math.min(found.size(), 10);
    return new InvalidInputException(found.size() + " items fit \"" + text + "\": "
        + listed(found.subList(0, shown)) + (shown < found.size() ? ", …" : "")
        + "; give one of the ids");
  }

  private String listed(List<Integer> found) {
    return found.stream()
        .map(items::get)
        .map(item -> item.id() + " " + item.title())
        .collect(Collectors.joining(", "));
  }

  /** The rows whose titles are spelt most like {@code text}, at most {@value #SUGGESTIONS}. */
  private List<Integer> suggest(String text) {
    Map<String, Integer> names = new HashMap<>();
    IntStream.range(0, keys.size())
        .forEach(row -> keys.get(row).names().forEach(name -> names.putIfAbsent(name, row)));
    Set<String> left = new LinkedHashSet<>(names.keySet());
    List<Integer> found = new ArrayList<>();
    String wanted = TitleKey.of(text).name();
    Optional<String> near = NearestName.of(wanted, left);
    while (near.isPresent() && found.size() < SUGGESTIONS) {
      left.remove(near.get());
      found.add(names.get(near.get()));
      near = NearestName.of(wanted, left);
    }
    return found.stream().distinct().toList();
  }
}
