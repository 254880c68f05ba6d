package lapidary.trainer.data.ratings;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;

/**
 * The raw ids of users or items and their rows in an embedding. Row 0 stands for every id that is not known. The ids are integers
 * if every one is written as an integer is (so {@code 7}, but not {@code 007}), ordered by value; else text, ordered by character.
 * Immutable, thread-safe.
 */
public final class IdVocabulary {
  /** The row of every id that is not in the vocabulary. */
  public static final int UNKNOWN = 0;

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9]\\d{0,17}");

  private final boolean integers;
  private final List<String> ids;
  private final Map<String, Integer> rows;

  private IdVocabulary(boolean integers, List<String> ids) {
    this.integers = integers;
    this.ids = ids;
    this.rows = new HashMap<>(ids.size() * 2);
    ids.forEach(id -> rows.put(id, rows.size() + 1));
  }

  /** The vocabulary of some ids; repeated ones count once. */
  public static IdVocabulary of(Collection<String> ids) {
    boolean integers = ids.stream().allMatch(id -> INTEGER.matcher(id).matches());
    Comparator<String> order =
        integers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    return new IdVocabulary(integers, ids.stream().distinct().sorted(order).toList());
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
  public List<String> ids() {
    return ids;
  }

  /**
   * The ids as integers, in the order of their rows.
   *
   * @throws InvalidInputException if one is not
   */
  public long[] toLongs() {
    if (!integers) {
      throw new InvalidInputException("the ids are text, such as " + ids.get(ids.size() - 1));
    }
    return ids.stream().mapToLong(Long::parseLong).toArray();
  }

  /** The row of an id, {@link #UNKNOWN} if it is not in the vocabulary. */
  public int row(String id) {
    return rows.getOrDefault(id, UNKNOWN);
  }

  /** The id of a row, 1 and up. */
  public String id(int row) {
    return ids.get(row - 1);
  }
}
