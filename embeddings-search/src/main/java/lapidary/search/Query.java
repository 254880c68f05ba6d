package lapidary.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;

/** What a search of a collection looks for. Immutable, thread-safe. */
public final class Query {
  private final Set<String> items;
  private final Function<Search, List<Hit>> answer;

  private Query(Set<String> items, Function<Search, List<Hit>> answer) {
    this.items = Set.copyOf(items);
    this.answer = answer;
  }

  /**
   * Items near a vector.
   *
   * @param vector as the model gives it, [width]; copied
   */
  public static Query vector(float[] vector) {
    float[] copy = vector.clone();
    return new Query(Set.of(), search -> search.near(search.reduced(copy), Set.of()));
  }

  /** Items near an item, itself left out. */
  public static Query item(String id) {
    return liking(List.of(id), List.of());
  }

  /**
   * Items like some and unlike others; see {@link #near}.
   *
   * @param likes ids of items
   * @param dislikes ids of items
   */
  public static Query liking(List<String> likes, List<String> dislikes) {
    return near(
        likes.stream().map(Example::item).toList(),
        dislikes.stream().map(Example::item).toList());
  }

  /**
   * Items like some examples and unlike others: near 2 · mean of the likes − mean of the dislikes, or opposite to the dislikes if nothing is
   * liked. Items that are examples are left out.
   *
   * @throws InvalidInputException if there are neither
   */
  public static Query near(List<Example> likes, List<Example> dislikes) {
    if (likes.isEmpty() && dislikes.isEmpty()) {
      throw new InvalidInputException("nothing is liked or disliked; give the id of an item");
    }
    List<Example> liked = List.copyOf(likes);
    List<Example> disliked = List.copyOf(dislikes);
    Set<String> without = Stream.concat(liked.stream(), disliked.stream())
        .flatMap(example -> example.id().stream())
        .collect(Collectors.toUnmodifiableSet());
    return new Query(without, search -> search.near(search.taste(liked, disliked), without));
  }

  /** Items whose label and attributes have the words of a text; scores are BM25's, above 0 without a bound. */
  public static Query words(String text) {
    return new Query(Set.of(), search -> search.worded(text));
  }

  /**
   * What this query and another find together, such as a picture and words, the items that either names left out: fused by reciprocal rank, so that scores are sums of
   * 1 / (60 + rank) (Cormack, Clarke and Büttcher 2009).
   */
  public Query and(Query other) {
    Set<String> both = new HashSet<>(items);
    both.addAll(other.items);
    return new Query(both, search -> {
      Search wider = search.wider();
      List<List<Hit>> lists = new ArrayList<>();
      lists.add(answer.apply(wider));
      lists.add(other.answer.apply(wider));
      return search.fused(lists, both);
    });
  }

  /** The items that it names. */
  Set<String> items() {
    return items;
  }

  List<Hit> answer(Search search) {
    return answer.apply(search);
  }
}
