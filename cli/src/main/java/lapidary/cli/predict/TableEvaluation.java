package lapidary.cli.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lapidary.cli.console.Console;
import lapidary.cli.option.CsvOption;
import lapidary.models.CellForm;
import lapidary.models.ColumnInput;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.TableAnswers;
import lapidary.runtime.TablePredictor;
import lapidary.runtime.score.ClassifierScore;
import lapidary.runtime.score.Comparison;
import lapidary.runtime.score.NumberScore;
import lapidary.trainer.data.tables.Table;

/** A table model on rows whose target is known. Not thread-safe. */
final class TableEvaluation implements Evaluation {
  private final Model model;
  private final TablePredictor predictor;
  private final String data;
  private final String part;
  private final Table rows;
  private final List<String> truth;

  private TableEvaluation(Model model, String data, TableSelection selection) {
    this.model = model;
    this.data = data;
    predictor = TablePredictor.of(model);
    part = selection.part();
    rows = selection.rows();
    truth = rows.column(predictor.target());
  }

  /** @param model is borrowed */
  static TableEvaluation of(
      Model model, String data, PartOption option, CsvOption csv, Console console) {
    return new TableEvaluation(model, data, TableSelection.of(model, data, option, csv, console));
  }

  @Override
  public Evaluated score() {
    return classifies() ? classes() : numbers();
  }

  @Override
  public Compared compare(Comparison comparison, double tolerance) {
    answers(
        TablePredictor.of(new PairedRows(comparison, model), model.description().orElseThrow()));
    return classifies()
        ? Compared.classes(
            data, part, comparison.classes(labels()), predictor.labels(), rows::where, List.of())
        : Compared.numbers(data, part, comparison.numbers(truth(), tolerance), rows::where);
  }

  private boolean classifies() {
    return predictor.labels().size() > 0;
  }

  private int[] labels() {
    return truth.stream().mapToInt(predictor.labels().names()::indexOf).toArray();
  }

  private Evaluated classes() {
    ClassifierScore score = ClassifierScore.of(probabilities(), labels());
    return Evaluated.classes(
        data,
        part,
        score,
        score.accuracy(),
        String.format(
            Locale.ROOT,
            "accuracy %.4f, log loss %.4f%s, %d rows",
            score.accuracy(),
            score.logLoss(),
            score.auc().isPresent()
                ? String.format(Locale.ROOT, ", auc %.4f", score.auc().getAsDouble())
                : "",
            score.count()));
  }

  private List<float[]> probabilities() {
    List<float[]> probabilities = new ArrayList<>();
    for (TableAnswers answers : answers(predictor)) {
      for (int row = 0; row < answers.rows(); row++) {
        float[] all = new float[answers.labels().size()];
        for (int label = 0; label < all.length; label++) {
          all[label] = answers.probability(row, label);
        }
        probabilities.add(all);
      }
    }
    return probabilities;
  }

  private Evaluated numbers() {
    float[] predicted = new float[rows.rows()];
    int filled = 0;
    for (TableAnswers answers : answers(predictor)) {
      for (int row = 0; row < answers.rows(); row++) {
        predicted[filled++] = answers.value(row);
      }
    }
    NumberScore score = NumberScore.of(predicted, truth());
    return Evaluated.numbers(
        data,
        part,
        score,
        score.rmse(),
        String.format(
            Locale.ROOT,
            "rmspe %.4f, mape %.4f, root mean squared error %.4f, mean absolute error %.4f, %d"
                + " rows",
            score.rmspe(),
            score.mape(),
            score.rmse(),
            score.mae(),
            score.count()));
  }

  private float[] truth() {
    CellForm form = predictor.targetCells();
    float[] numbers = new float[truth.size()];
    for (int row = 0; row < numbers.length; row++) {
      try {
        numbers[row] = form.number(truth.get(row));
        requirePresent(row, numbers[row]);
      } catch (NumberFormatException e) {
        throw new InvalidInputException(
            rows.where(row) + ", column " + predictor.target() + ": \"" + truth.get(row)
                + "\" is not a " + form.numberText(),
            e);
      }
    }
    return numbers;
  }

  private void requirePresent(int row, float number) {
    if (Float.isNaN(number)) {
      throw new InvalidInputException(rows.where(row) + ", column " + predictor.target()
          + ": the target is missing; leave such rows out");
    }
  }

  private List<TableAnswers> answers(TablePredictor by) {
    List<TableAnswers> answers = new ArrayList<>();
    for (int from = 0; from < rows.rows(); from += TablePredictor.BATCH) {
      List<Map<String, String>> batch = new ArrayList<>();
      for (int row = from; row < Math.min(rows.rows(), from + TablePredictor.BATCH); row++) {
        batch.add(row(row));
      }
      answers.add(by.predict(batch));
    }
    return answers;
  }

  private Map<String, String> row(int row) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (ColumnInput column : predictor.columns()) {
      cells.put(column.name(), rows.column(column.name()).get(row));
    }
    return cells;
  }
}
