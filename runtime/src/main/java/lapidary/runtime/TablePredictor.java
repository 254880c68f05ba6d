package lapidary.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lapidary.models.ColumnInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.NearestName;
import lapidary.models.Output;
import lapidary.models.Tabular;
import lapidary.models.csv.CsvReader;

/**
 * Predicts from raw rows of a table, with a file of a tabular model that Lapidary exported: categories as text, numbers and dates
 * ({@code 2015-07-31}) as they are written; an empty cell or {@code ?} is missing. A category that training never showed is not an error:
 * it has the unknown row of its embedding. Thread-safe.
 *
 * <pre>{@code
 * try (TablePredictor predictor = TablePredictor.open(Path.of("table.onnx"), Device.cpu(1))) {
 *   TableAnswers answers = predictor.predict(row); // a Map with a cell for every name of predictor.columns()
 *   System.out.println(answers.answer(0) + " " + answers.value(0));
 * }
 * }</pre>
 */
public final class TablePredictor implements AutoCloseable {
  /** Rows that a stream is cut into. */
  public static final int BATCH = 4_096;

  private final Model model;
  private final List<ColumnInput> columns;
  private final ModelDescription description;
  private final String output;

  private TablePredictor(Model model, ModelDescription description, String output) {
    this.model = model;
    this.description = description;
    this.columns = description.signature().columns();
    this.output = output;
  }

  /**
   * Opens a file. The predictor owns the model it opens.
   *
   * @throws InvalidInputException if the file does not predict from rows of a table
   */
  public static TablePredictor open(java.nio.file.Path file, Device device) {
    return Owned.open(Model.open(file, device), TablePredictor::of);
  }

  /**
   * A predictor over an open model, which {@link #close} closes.
   *
   * @throws InvalidInputException if the model does not predict from rows of a table; it stays open then
   */
  public static TablePredictor of(Model model) {
    ModelDescription description = model
        .description()
        .filter(known ->
            known.signature().columns().size() == known.signature().inputs().size())
        .orElseThrow(() -> new InvalidInputException(
            model.file() + " does not take rows of a table; give a file of a tabular model"));
    String output = description.labels().size() > 0 ? Output.PROBABILITIES : Output.PREDICTION;
    TableFile.requireFits(model, description, output);
    return new TablePredictor(model, description, output);
  }

  /**
   * Predicts from one row.
   *
   * @param row column name to raw cell; columns that the model does not know are left alone
   * @throws InvalidInputException if a column is missing or a cell does not parse
   */
  public TableAnswers predict(Map<String, String> row) {
    return predict(List.of(row));
  }

  /**
   * Predicts from rows, all in one batch; see {@link #predict(Map)}.
   *
   * @throws InvalidInputException if there is none, a column is missing or a cell does not parse; the message has the row's number
   */
  public TableAnswers predict(List<Map<String, String>> rows) {
    if (rows.isEmpty()) {
      throw new InvalidInputException("no row to predict from; give at least one");
    }
    TableBatch batch = new TableBatch(columns, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      add(batch, rows.get(i), i);
    }
    return run(batch);
  }

  /**
   * Predicts from a file's rows in batches of {@value #BATCH}, in constant memory.
   *
   * @param rows the columns are found by their names; others are left alone
   * @param answers gets every batch's answers, in the order of the rows
   * @return the number of rows
   * @throws InvalidInputException if a column is missing, or a cell does not parse; the message has file, line and column
   */
  public long predict(CsvReader rows, Consumer<TableAnswers> answers) {
    int[] places =
        columns.stream().mapToInt(column -> rows.place(column.name())).toArray();
    TableBatch batch = new TableBatch(columns, BATCH);
    Supplier<String> where = rows::where;
    long count = 0;
    while (rows.next()) {
      add(batch, rows, places, where);
      count++;
      if (batch.rows() == BATCH) {
        answers.accept(run(batch));
        batch.clear();
      }
    }
    if (batch.rows() > 0) {
      answers.accept(run(batch));
    }
    return count;
  }

  /** The columns that go in, in the order of the file's inputs. */
  public List<ColumnInput> columns() {
    return columns;
  }

  /** The name of the column that is predicted; empty if the file does not say it. */
  public String target() {
    return description.architecture() instanceof Tabular tabular
        ? tabular.answer().target()
        : "";
  }

  /** The classes; none if a number is predicted. */
  public Labels labels() {
    return description.labels();
  }

  /** The model underneath. */
  public Model model() {
    return model;
  }

  /** Closes the model. */
  @Override
  public void close() {
    model.close();
  }

  private void add(TableBatch batch, Map<String, String> row, int number) {
    for (int i = 0; i < columns.size(); i++) {
      ColumnInput column = columns.get(i);
      String cell = row.get(column.name());
      if (cell == null) {
        throw new InvalidInputException("row " + number + ": "
            + NearestName.missing("column", column.name(), row.keySet()).getMessage()
            + "; an empty text says that a value is missing");
      }
      set(batch, i, cell.strip(), () -> "row " + number);
    }
    batch.endRow();
  }

  private void add(TableBatch batch, CsvReader rows, int[] places, Supplier<String> where) {
    for (int i = 0; i < places.length; i++) {
      set(batch, i, rows.cell(places[i]), where);
    }
    batch.endRow();
  }

  private void set(TableBatch batch, int column, String cell, Supplier<String> where) {
    try {
      batch.set(column, cell);
    } catch (RuntimeException e) {
      throw TableBatch.isRefusal(e)
          ? TableBatch.refusal(where.get(), columns.get(column), cell, e)
          : e;
    }
  }

  private TableAnswers run(TableBatch batch) {
    Tensor answer =
        model.run(batch.tensors(columns), List.of(output)).values().iterator().next();
    int width = Math.max(1, labels().size());
    if (answer.size() != Math.multiplyExact(batch.rows(), width)) {
      throw new InvalidInputException(model.file() + " gives " + answer + " for " + batch.rows()
          + " rows, not " + width + " numbers for each; export it again");
    }
    return new TableAnswers(answer.as(float[].class), batch.rows(), labels());
  }
}
