package lapidary.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The raw ids of users or items and their rows in an embedding. Row 0 stands for every id that is not known. The ids are integers
 * if every one is a 64-bit integer in the form that it would be printed in (so {@code 7}, but neither {@code 007} nor {@code +7}),
 * else text. Immutable, thread-safe.
 */
public final class IdVocabulary {
  /** The row of every id that is not in the vocabulary. */
  public static final int UNKNOWN = 0;

  private final boolean integers;
  private final List<String> ids;
  private final Map<String, Integer> rows;

  private IdVocabulary(List<String> ids) {
    this.ids = List.copyOf(ids);
    this.integers = ids.stream().allMatch(IdVocabulary::isInteger);
    this.rows = new HashMap<>(ids.size() * 2);
    for (String id : this.ids) {
      if (rows.put(id, rows.size() + 1) != null) {
        throw new InvalidInputException(
            "id \"" + id + "\" is there twice; give each row an id of its own");
      }
    }
  }

  /** The vocabulary of some ids: repeated ones count once, integers are ordered by value, text by character. */
  public static IdVocabulary of(Collection<String> ids) {
    boolean integers = ids.stream().allMatch(IdVocabulary::isInteger);
    Comparator<String> order =
        integers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    return new IdVocabulary(ids.stream().distinct().sorted(order).toList());
  }

  /**
   * The vocabulary of a table that is there already: the first id has row 1.
   *
   * @throws InvalidInputException if an id is repeated
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static IdVocabulary inRowOrder(List<String> ids) {
    return new IdVocabulary(ids);
  }

  /** Whether every id is an integer. */
  public boolean integers() {
    return integers;
  }

  /** The number of rows: one more than there are ids. */
  public int rows() {
    return ids.size() + 1;
  }

  /** The ids in the order of their rows; the first has row 1. */
  @JsonValue
  public List<String> ids() {
    return ids;
  }

  /**
   * The ids as integers, in the order of their rows.
   *
   * @throws InvalidInputException if they are text
   */
  public long[] toLongs() {
    requireIntegers();
    return ids.stream().mapToLong(Long::parseLong).toArray();
  }

  /** The row of an id, {@link #UNKNOWN} if it is not in the vocabulary. */
  public int row(String id) {
    return rows.getOrDefault(id, UNKNOWN);
  }

  /**
   * The id as an integer, or {@link #unknownId} as one if it is not in the vocabulary.
   *
   * @throws InvalidInputException if the ids are text
   */
  public long toLong(String id) {
    requireIntegers();
    return Long.parseLong(contains(id) ? id : unknownId());
  }

  /** An id of the vocabulary's kind that is not in it, always the same. */
  public String unknownId() {
    // Of one more candidate than there are ids, at least one is free.
    return IntStream.rangeClosed(0, ids.size())
        .mapToObj(i -> integers ? Integer.toString(i) : "unknown" + i)
        .filter(candidate -> !contains(candidate))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the id has a row of its own. */
  public boolean contains(String id) {
    return rows.containsKey(id);
  }

  /** The id of a row, 1 and up. */
  public String id(int row) {
    return ids.get(row - 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IdVocabulary that && ids.equals(that.ids);
  }

  @Override
  public int hashCode() {
    return ids.hashCode();
  }

  @Override
  public String toString() {
    return "IdVocabulary[" + ids.size() + (integers ? " integers]" : " texts]");
  }

  private void requireIntegers() {
    if (!integers) {
      throw new InvalidInputException("the ids are text, such as " + ids.get(ids.size() - 1));
    }
  }

  private static boolean isInteger(String text) {
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
