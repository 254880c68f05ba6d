package lapidary.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;

/**
 * Real raw rows of a table, in turn. In every third row one column, another each time, is missing, or, in every sixth, holds what
 * training never showed: an unknown category, a date before any, a number far out.
 *
 * @param columns the cells of each column
 */
record TableRows(RawColumns columns) implements RealRows {
  private static final int EVERY = 3;
  private static final int MOST = 1_000;
  private static final List<Integer> FIRST = List.of(1, 3);

  /** All rows, but {@value #MOST} at most, the last batch large. */
  @Override
  public List<Integer> batches(int values) {
    int rest = Math.min(MOST, columns.rows())
        - FIRST.stream().mapToInt(Integer::intValue).sum();
    List<Integer> batches = new ArrayList<>(FIRST);
    batches.add(Math.max(LARGE_BATCH, rest));
    return batches;
  }

  @Override
  public List<String> cells(ColumnInput input, int from, int count) {
    List<String> real = columns.of(input).orElseThrow(() -> refusal(input));
    int place = columns.place(input);
    return IntStream.range(from, from + count)
        .mapToObj(
            row -> isChanged(row, place) ? changed(input, row) : real.get(row % columns.rows()))
        .toList();
  }

  private boolean isChanged(int row, int place) {
    return row % EVERY == EVERY - 1 && row / EVERY / 2 % columns.names().size() == place;
  }

  private static String changed(ColumnInput input, int row) {
    if (row / EVERY % 2 == 0) {
      List<String> spellings = List.copyOf(input.cells().missing());
      return spellings.get(row / EVERY / 2 % spellings.size());
    }
    if (input instanceof CategoryInput category) {
      return category.values().unknownId();
    }
    return input instanceof NumberInput number
        ? input.cells().text(number.mean() - 10 * number.deviation())
        : "1899-12-31";
  }

  @Override
  public InvalidInputException refusal(Input input) {
    return new InvalidInputException("rows of the table with columns " + columns.names()
        + " do not fill input " + input.name() + "; name a table that has it, or use random rows");
  }
}
