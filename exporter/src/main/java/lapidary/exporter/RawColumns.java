package lapidary.exporter;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;

/**
 * Raw texts by column, each named after an input, in the order of the names.
 *
 * @param columns one text per row
 * @param rows the length of every column, at least 1
 */
record RawColumns(SortedMap<String, List<String>> columns, int rows) {
  static RawColumns of(Map<String, List<String>> given) {
    SortedMap<String, List<String>> columns = new TreeMap<>();
    given.forEach((name, texts) -> columns.put(name, List.copyOf(texts)));
    List<Integer> lengths = columns.values().stream().map(List::size).toList();
    if (lengths.stream().distinct().count() != 1 || lengths.get(0) == 0) {
      throw new InvalidInputException("no rows to compare on: columns " + columns.keySet()
          + " have lengths " + lengths
          + "; give every input one text per row, and at least one row");
    }
    return new RawColumns(Collections.unmodifiableSortedMap(columns), lengths.get(0));
  }

  Set<String> names() {
    return columns.keySet();
  }

  /** Where an input stands among the columns. */
  int place(Input input) {
    return List.copyOf(names()).indexOf(input.name());
  }

  /** The texts of an input; empty if it has no column. */
  Optional<List<String>> of(Input input) {
    return Optional.ofNullable(columns.get(input.name()));
  }
}
