package lapidary.runtime;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.CategoryInput;
import lapidary.models.CellForm;
import lapidary.models.ColumnInput;
import lapidary.models.DateInput;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;

/** Raw rows as columns, filled row by row. Not thread-safe. */
final class TableBatch {
  private final List<Column> columns = new ArrayList<>();
  private int rows;

  /** One column's cells. */
  private interface Column {
    void set(int row, String cell);

    /** The first {@code count} rows; shared with the column if they are all. */
    Tensor tensor(int count);
  }

  /** Room for so many rows. */
  TableBatch(List<ColumnInput> inputs, int capacity) {
    inputs.forEach(input -> columns.add(column(input, capacity)));
  }

  int rows() {
    return rows;
  }

  void clear() {
    rows = 0;
  }

  /** Ends a row whose cells are all set. */
  void endRow() {
    rows++;
  }

  /**
   * Sets a cell of the present row.
   *
   * @throws IllegalArgumentException if it does not parse; {@link #refusal} makes a sentence of it
   */
  void set(int column, String cell) {
    columns.get(column).set(rows, cell);
  }

  Map<String, Tensor> tensors(List<ColumnInput> inputs) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      tensors.put(inputs.get(i).tensor(), columns.get(i).tensor(rows));
    }
    return tensors;
  }

  /** The sentence for a cell that does not parse. */
  static InvalidInputException refusal(
      String where, ColumnInput input, String cell, RuntimeException cause) {
    String kind =
        input instanceof DateInput ? input.cells().dateText() : input.cells().numberText();
    return new InvalidInputException(
        where + ", column " + input.name() + ": \"" + cell + "\" is not a " + kind, cause);
  }

  /** Whether an exception is about a cell that does not parse. */
  static boolean isRefusal(RuntimeException e) {
    return e instanceof NumberFormatException || e instanceof DateTimeException;
  }

  private static Column column(ColumnInput input, int capacity) {
    if (input instanceof CategoryInput) {
      return new Texts(capacity);
    }
    return input instanceof DateInput
        ? new Days(input.cells(), capacity)
        : new Reals(input.cells(), capacity);
  }

  private static long[] shape(int count) {
    return new long[] {count, 1};
  }

  private static final class Texts implements Column {
    private final String[] cells;

    Texts(int capacity) {
      cells = new String[capacity];
    }

    @Override
    public void set(int row, String cell) {
      cells[row] = cell;
    }

    @Override
    public Tensor tensor(int count) {
      return Tensor.owning(ElementType.STRING, Arrays.copyOf(cells, count), shape(count));
    }
  }

  private static final class Reals implements Column {
    private final CellForm form;
    private final float[] cells;

    Reals(CellForm form, int capacity) {
      this.form = form;
      cells = new float[capacity];
    }

    @Override
    public void set(int row, String cell) {
      cells[row] = form.number(cell);
    }

    @Override
    public Tensor tensor(int count) {
      return Tensor.owning(ElementType.FLOAT32, Arrays.copyOf(cells, count), shape(count));
    }
  }

  private static final class Days implements Column {
    private final CellForm form;
    private final long[] cells;

    Days(CellForm form, int capacity) {
      this.form = form;
      cells = new long[capacity];
    }

    @Override
    public void set(int row, String cell) {
      cells[row] = form.day(cell);
    }

    @Override
    public Tensor tensor(int count) {
      return Tensor.owning(ElementType.INT64, Arrays.copyOf(cells, count), shape(count));
    }
  }
}
