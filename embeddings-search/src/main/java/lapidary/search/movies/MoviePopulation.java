package lapidary.search.movies;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.models.Catalogue;
import lapidary.search.pca.RowSource;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;
import lapidary.search.store.Population;

/** Movies as what is drawn: by their embeddings, coloured by first genre, bias and ratings. A movie's number is its row. Immutable. */
final class MoviePopulation implements Population {
  private static final String TITLE = "title";

  private final List<Catalogue.Item> items;
  private final RowSource vectors;
  private final SortedMap<String, IntFunction<Optional<AttributeValue.Single>>> attributes =
      new TreeMap<>();

  MoviePopulation(List<Catalogue.Item> items, RowSource vectors, float[] biases) {
    this.items = items;
    this.vectors = vectors;
    attributes.put(
        "genre", row -> items.get(row).genres().stream().findFirst().map(AttributeValue::of));
    attributes.put("bias", row -> Optional.of(AttributeValue.of((double) biases[row])));
    attributes.put(
        "ratings", row -> Optional.of(AttributeValue.of(items.get(row).ratings())));
    attributes.put(
        "mean_rating",
        row -> Optional.of(items.get(row))
            .filter(item -> item.ratings() > 0)
            .map(item -> AttributeValue.of(item.meanRating())));
  }

  @Override
  public int count() {
    return items.size();
  }

  @Override
  public long[] numbers() {
    return LongStream.range(0, items.size()).toArray();
  }

  @Override
  public RowSource vectors() {
    return vectors;
  }

  @Override
  public Optional<Item> item(long number) {
    if (number < 0 || number >= items.size()) {
      return Optional.empty();
    }
    int row = (int) number;
    SortedMap<String, AttributeValue> values = new TreeMap<>();
    values.put(TITLE, AttributeValue.of(items.get(row).title()));
    attributes.forEach((name, of) -> of.apply(row).ifPresent(value -> values.put(name, value)));
    return Optional.of(new Item(items.get(row).id(), "", values));
  }

  @Override
  public OptionalLong number(String id) {
    OptionalInt row = IntStream.range(0, items.size())
        .filter(i -> items.get(i).id().equals(id))
        .findFirst();
    return row.isPresent() ? OptionalLong.of(row.getAsInt()) : OptionalLong.empty();
  }

  @Override
  public List<String> attributes(int most) {
    return attributes.keySet().stream().limit(most).toList();
  }

  /** They have none. */
  @Override
  public void labels(Visit visit) {}

  @Override
  public void values(String attribute, Visit visit) {
    IntFunction<Optional<AttributeValue.Single>> of = attributes.get(attribute);
    if (of == null) {
      return;
    }
    Map<AttributeValue.Single, List<Integer>> places = IntStream.range(0, items.size())
        .boxed()
        .filter(row -> of.apply(row).isPresent())
        .collect(Collectors.groupingBy(row -> of.apply(row).orElseThrow()));
    places.entrySet().stream()
        .sorted(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.get(0), b.get(0))))
        .forEach(each -> visit.value(
            each.getKey(), each.getValue().stream().mapToInt(Integer::intValue).toArray()));
  }
}
