package lapidary.trainer.data.ratings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.DecimalNumber;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;

/** Collects rows of raw ids and values, and numbers the ids at the end. Not thread-safe. */
final class RatingRows {
  private final Column users = new Column();
  private final Column items = new Column();
  private float[] values = new float[1024];
  private int count;

  /** One column of raw ids, each numbered by its first appearance. */
  private static final class Column {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private int[] rows = new int[1024];

    void add(int row, String id) {
      if (row == rows.length) {
        rows = Arrays.copyOf(rows, 2 * rows.length);
      }
      Integer known = numbers.putIfAbsent(id, numbers.size());
      rows[row] = known == null ? numbers.size() - 1 : known;
    }

    IdVocabulary vocabulary() {
      return IdVocabulary.of(numbers.keySet());
    }

    int[] rows(IdVocabulary vocabulary, int count) {
      List<String> ids = new ArrayList<>(numbers.keySet());
      int[] places = ids.stream().mapToInt(vocabulary::row).toArray();
      return Arrays.stream(rows, 0, count).map(number -> places[number]).toArray();
    }
  }

  /**
   * Adds one rating.
   *
   * @param where the file and line, for an error
   */
  void add(String user, String item, String rating, String where) {
    if (user.isBlank() || item.isBlank()) {
      throw new InvalidInputException(where + ": the " + (user.isBlank() ? "user" : "item")
          + " is empty; give every rating a user and an item");
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count] = value(rating, where);
    users.add(count, user);
    items.add(count, item);
    count++;
  }

  private static float value(String rating, String where) {
    try {
      return DecimalNumber.toFloat(rating.strip());
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          where + ": rating \"" + rating + "\" is not a number; write it as 4 or 3.5", e);
    }
  }

  int count() {
    return count;
  }

  /** The rows with their ids numbered. */
  Numbered number() {
    IdVocabulary userIds = users.vocabulary();
    IdVocabulary itemIds = items.vocabulary();
    Ratings ratings = Ratings.of(
        users.rows(userIds, count), items.rows(itemIds, count), Arrays.copyOf(values, count));
    return new Numbered(userIds, itemIds, ratings);
  }

  /** Ratings with the vocabularies of their ids. */
  record Numbered(IdVocabulary users, IdVocabulary items, Ratings ratings) {}
}
