package lapidary.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import lapidary.models.CellForm;
import lapidary.models.ColumnInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.NearestName;
import lapidary.models.Output;
import lapidary.models.Tabular;
import lapidary.models.csv.CsvReader;
import lapidary.runtime.device.Device;

/**
 * Predicts from raw rows of a table, with a file of a tabular model that Lapidary exported: categories as text, numbers and dates as
 * they were written in the training data, missing ones too, which {@link ColumnInput#cells} tells of each column. A category that
 * training never showed is not an error: it has the unknown row of its embedding. Thread-safe.
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

  private final FrontDoor<Table> door;

  private TablePredictor(FrontDoor<Table> door) {
    this.door = door;
  }

  /** What a model's file says of the rows that it takes and the answers that it gives. */
  private record Table(
      DescribedModel model,
      ModelDescription description,
      List<ColumnInput> columns,
      String output) {
    static Table of(DescribedModel model) {
      ModelDescription description = model
          .description()
          .filter(known ->
              known.signature().columns().size() == known.signature().inputs().size())
          .orElseThrow(() -> new InvalidInputException(
              model.name() + " does not take rows of a table; give a file of a tabular model"));
      String output = description.labels().size() > 0 ? Output.PROBABILITIES : Output.PREDICTION;
      TableFile.requireFits(model, description, output);
      return new Table(model, description, description.signature().columns(), output);
    }

    /** @param firstRow what the first row is called in an error, from 0 */
    TableAnswers run(Inference rows, TableBatch batch, long firstRow) {
      Tensor answer =
          rows.run(batch.tensors(columns), List.of(output)).values().iterator().next();
      Labels labels = description.labels();
      int width = Math.max(1, labels.size());
      if (answer.size() != Math.multiplyExact(batch.rows(), width)) {
        throw new InvalidInputException(model.name() + " gives " + answer + " for " + batch.rows()
            + " rows, not " + width + " numbers for each; export it again");
      }
      float[] values =
          FiniteAnswers.require(answer.as(float[].class), width, firstRow, model.name(), output);
      return new TableAnswers(values, batch.rows(), labels);
    }
  }

  /**
   * Opens a file. The predictor owns the model it opens.
   *
   * @throws InvalidInputException if the file does not predict from rows of a table
   */
  public static TablePredictor open(java.nio.file.Path file, Device device) {
    return Owned.open(Model.open(file, device), TablePredictor::owning);
  }

  /**
   * A predictor over an open model, one that follows its file, or one that runs single rows of many callers together; see
   * {@link lapidary.runtime.serving}. What is given here is borrowed: whoever opened it closes it, after its last answer.
   *
   * @throws InvalidInputException if the model does not predict from rows of a table; it stays open then
   */
  public static TablePredictor of(ModelSource source) {
    return new TablePredictor(FollowingDoor.over(source, Table::of, Table::output));
  }

  /**
   * The same over anything that runs such a model, which is borrowed too: one in another process, or behind a counter.
   *
   * @param rows says its inputs and outputs, and runs any number of rows
   * @param description what the model is
   * @throws InvalidInputException as {@link #of(ModelSource)} does
   */
  public static TablePredictor of(Inference rows, ModelDescription description) {
    return new TablePredictor(FrontDoor.over(rows, description, Table::of));
  }

  /**
   * The same, and {@link #close} closes what is given here too.
   *
   * @throws InvalidInputException as {@link #of} does; what was given stays open then
   */
  public static TablePredictor owning(ModelSource source) {
    return new TablePredictor(of(source).door.owning());
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
   * @throws InvalidInputException if there is not one, a column is missing or a cell does not parse; the message has the row's number
   */
  public TableAnswers predict(List<Map<String, String>> rows) {
    if (rows.isEmpty()) {
      throw new InvalidInputException("no row to predict from; give at least one");
    }
    return door.with((table, inference) -> {
      TableBatch batch = new TableBatch(table.columns(), rows.size());
      for (int i = 0; i < rows.size(); i++) {
        add(table.columns(), batch, rows.get(i), i);
      }
      return table.run(inference, batch, 0);
    });
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
    return door.with((table, inference) -> predict(
        table.columns(),
        rows,
        (batch, firstRow) -> answers.accept(table.run(inference, batch, firstRow))));
  }

  private static long predict(
      List<ColumnInput> columns, CsvReader rows, ObjLongConsumer<TableBatch> answer) {
    int[] places =
        columns.stream().mapToInt(column -> rows.place(column.name())).toArray();
    TableBatch batch = new TableBatch(columns, BATCH);
    Supplier<String> where = rows::where;
    long count = 0;
    while (rows.next()) {
      add(columns, batch, rows, places, where);
      count++;
      if (batch.rows() == BATCH) {
        answer.accept(batch, count - batch.rows());
        batch.clear();
      }
    }
    if (batch.rows() > 0) {
      answer.accept(batch, count - batch.rows());
    }
    return count;
  }

  /** The columns that go in, in the order of the file's inputs. */
  public List<ColumnInput> columns() {
    return door.view().columns();
  }

  /** The name of the column that is predicted; empty if the file does not say it. */
  public String target() {
    return door.view().description().architecture() instanceof Tabular tabular
        ? tabular.answer().target()
        : "";
  }

  /** How the column that is predicted was written in the training data. */
  public CellForm targetCells() {
    return door.view().description().architecture() instanceof Tabular tabular
        ? tabular.answer().cells()
        : CellForm.PLAIN;
  }

  /** The classes; none if a number is predicted. */
  public Labels labels() {
    return door.view().description().labels();
  }

  /**
   * The model that answers now.
   *
   * @throws IllegalStateException if this was made of an inference and its description
   */
  public Model model() {
    return door.model();
  }

  /** Closes the model if this opened it or was told to own it; what is borrowed stays open. */
  @Override
  public void close() {
    door.close();
  }

  private static void add(
      List<ColumnInput> columns, TableBatch batch, Map<String, String> row, int number) {
    for (int i = 0; i < columns.size(); i++) {
      ColumnInput column = columns.get(i);
      String cell = row.get(column.name());
      if (cell == null) {
        throw new InvalidInputException("row " + number + ": "
            + NearestName.missing("column", column.name(), row.keySet()).getMessage()
            + "; an empty text says that a value is missing");
      }
      set(batch, i, column, cell.strip(), () -> "row " + number);
    }
    batch.endRow();
  }

  private static void add(
      List<ColumnInput> columns,
      TableBatch batch,
      CsvReader rows,
      int[] places,
      Supplier<String> where) {
    for (int i = 0; i < places.length; i++) {
      set(batch, i, columns.get(i), rows.cell(places[i]), where);
    }
    batch.endRow();
  }

  private static void set(
      TableBatch batch, int place, ColumnInput column, String cell, Supplier<String> where) {
    try {
      batch.set(place, cell);
    } catch (RuntimeException e) {
      throw TableBatch.isRefusal(e) ? TableBatch.refusal(where.get(), column, cell, e) : e;
    }
  }
}
