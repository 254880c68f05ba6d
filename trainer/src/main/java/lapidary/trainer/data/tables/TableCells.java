package lapidary.trainer.data.tables;

import java.time.DateTimeException;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.CategoryInput;
import lapidary.models.DateInput;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;

/** Columns of cells as what the network takes, by the inputs' own rules. Stateless. */
public final class TableCells {
  private TableCells() {}

  /** Embedding rows of a category, [n]. */
  public static long[] rows(Table table, CategoryInput input) {
    return table.column(input.name()).stream().mapToLong(input::row).toArray();
  }

  /**
   * The numbers of a column, [n, width] in row-major order.
   *
   * @throws InvalidInputException naming the line of a cell that is not a number
   */
  public static float[] numbers(Table table, NumberInput input) {
    List<String> cells = table.column(input.name());
    int width = input.width();
    float[] values = new float[Math.multiplyExact(cells.size(), width)];
    for (int row = 0; row < cells.size(); row++) {
      float raw = Target.number(table, row, input.name(), cells.get(row));
      values[row * width] = input.standardised(raw);
      if (input.indicator()) {
        values[row * width + 1] = Float.isNaN(raw) ? 1 : 0;
      }
    }
    return values;
  }

  /**
   * Embedding rows of a date's parts, [n, parts] in row-major order.
   *
   * @throws InvalidInputException naming the line of a cell that is not a date
   */
  public static long[] rows(Table table, DateInput input) {
    long[] days = days(table, input.name());
    int width = input.parts().size();
    long[] rows = new long[Math.multiplyExact(days.length, width)];
    for (int i = 0; i < days.length; i++) {
      System.arraycopy(input.rows(days[i]), 0, rows, i * width, width);
    }
    return rows;
  }

  static long[] days(Table table, String column) {
    List<String> cells = table.column(column);
    return IntStream.range(0, cells.size())
        .mapToLong(row -> day(table, row, column, cells.get(row)))
        .toArray();
  }

  private static long day(Table table, int row, String column, String cell) {
    try {
      return table.cells(column).day(cell);
    } catch (DateTimeException e) {
      throw new InvalidInputException(
          table.where(row) + ", column " + column + ": \"" + cell
              + "\" is not a date; dates are written like "
              + table.cells(column).dates().example(),
          e);
    }
  }
}
