package lapidary.exporter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.IdInput;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;
import lapidary.models.Pixels;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/**
 * Real raw rows of a table, in turn. In every third row one column, another each time, is missing, or, in every sixth, holds what
 * training never showed: an unknown category, a date before any, a number far out.
 *
 * @param columns one cell a row, by column
 * @param rows the length of every column, at least 1
 */
record TableRows(SortedMap<String, List<String>> columns, int rows) implements RowSource {
  private static final int EVERY = 3;
  private static final int MOST = 1_000;
  private static final List<Integer> FIRST = List.of(1, 3);

  static TableRows of(Map<String, List<String>> columns) {
    int rows = columns.values().stream().mapToInt(List::size).min().orElse(0);
    if (rows == 0 || columns.values().stream().anyMatch(cells -> cells.size() != rows)) {
      throw new InvalidInputException("no rows to compare on: columns " + columns.keySet()
          + " differ in length or are empty; give one cell of every column a row");
    }
    SortedMap<String, List<String>> copied = new TreeMap<>();
    columns.forEach((name, cells) -> copied.put(name, List.copyOf(cells)));
    return new TableRows(Collections.unmodifiableSortedMap(copied), rows);
  }

  @Override
  public String kind() {
    return "validation";
  }

  /** All rows, but {@value #MOST} at most, the last batch large. */
  @Override
  public List<Integer> batches() {
    int rest = Math.min(MOST, rows) - FIRST.stream().mapToInt(Integer::intValue).sum();
    List<Integer> batches = new ArrayList<>(FIRST);
    batches.add(Math.max(8, rest));
    return batches;
  }

  @Override
  public List<String> cells(ColumnInput input, int from, int count) {
    List<String> column = columns.get(input.name());
    if (column == null) {
      throw refusal(input);
    }
    int place = List.copyOf(columns.keySet()).indexOf(input.name());
    return java.util.stream.IntStream.range(from, from + count)
        .mapToObj(row -> isChanged(row, place) ? changed(input, row) : column.get(row % rows))
        .collect(Collectors.toList());
  }

  private boolean isChanged(int row, int place) {
    return row % EVERY == EVERY - 1 && row / EVERY / 2 % columns.size() == place;
  }

  private static String changed(ColumnInput input, int row) {
    if (row / EVERY % 2 == 0) {
      return row % 4 == 0 ? "?" : "";
    }
    if (input instanceof CategoryInput category) {
      return category.values().unknownId();
    }
    return input instanceof NumberInput number
        ? Float.toString(number.mean() - 10 * number.deviation())
        : "1899-12-31";
  }

  @Override
  public Pixels pixels(ImageInput input, int from, int count) {
    throw refusal(input);
  }

  @Override
  public List<String> ids(IdInput input, int from, int count) {
    throw refusal(input);
  }

  @Override
  public Tensor tensor(TensorInput input, int from, int count) {
    throw refusal(input);
  }

  private InvalidInputException refusal(Input input) {
    return new InvalidInputException("rows of the table with columns " + columns.keySet()
        + " do not fill input " + input.name() + "; name a table that has it, or use random rows");
  }
}
