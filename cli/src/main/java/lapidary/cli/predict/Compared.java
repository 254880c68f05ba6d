package lapidary.cli.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import lapidary.models.Labels;
import lapidary.runtime.score.AnswerChanges;
import lapidary.runtime.score.ClassComparison;
import lapidary.runtime.score.NumberComparison;

/**
 * What came of running the same rows through two files.
 *
 * @param data the data set's name
 * @param split which part of it
 * @param rows how many
 * @param scores of both, by what is measured
 * @param answers how they differ
 * @param skipped a sentence for each row that could not be read
 */
record Compared(
    String data,
    String split,
    int rows,
    Map<String, Pair> scores,
    Answers answers,
    List<String> skipped) {
  static final String ACCURACY = "accuracy";
  static final String RMSE = "rmse";

  /**
   * One measure of both files.
   *
   * @param difference the model's minus the other's
   * @param points the same in percentage points, of shares
   */
  record Pair(
      double model,
      double against,
      double difference,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble points) {
    static Pair of(double model, double against) {
      return new Pair(model, against, model - against, OptionalDouble.empty());
    }

    static Pair ofShares(double model, double against) {
      double difference = model - against;
      return new Pair(model, against, difference, OptionalDouble.of(100 * difference));
    }
  }

  /**
   * How the answers differ.
   *
   * @param agreement share of rows with the same answer
   * @param tolerance how far apart numbers may be and count as the same
   * @param meanChange of a row
   * @param largestChange the row that changed most
   */
  record Answers(
      double agreement,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble tolerance,
      double meanChange,
      Change largestChange) {
    boolean ofNumbers() {
      return tolerance.isPresent();
    }
  }

  /**
   * A row that was answered in two ways.
   *
   * @param row what it is called
   * @param change by how much the answer, or the probability of the class, differs
   * @param changedClass the class whose probability changed most
   */
  record Change(
      String row,
      double change,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> changedClass,
      Given model,
      Given against) {}

  /**
   * One answer.
   *
   * @param label the most probable class
   * @param value its probability, or the number
   */
  record Given(@JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> label, float value) {}

  /** Two classifiers. */
  static Compared classes(
      String data,
      String split,
      ClassComparison found,
      Labels labels,
      IntFunction<String> rows,
      List<String> skipped) {
    Map<String, Pair> scores = new LinkedHashMap<>();
    scores.put(ACCURACY, Pair.ofShares(found.model().accuracy(), found.against().accuracy()));
    scores.put("log_loss", Pair.of(found.model().logLoss(), found.against().logLoss()));
    if (found.model().auc().isPresent() && found.against().auc().isPresent()) {
      scores.put(
          "auc",
          Pair.of(found.model().auc().getAsDouble(), found.against().auc().getAsDouble()));
    }
    AnswerChanges changes = found.changes();
    AnswerChanges.Largest largest = changes.largest();
    Change change = new Change(
        rows.apply(largest.row()),
        largest.change(),
        Optional.of(labels.get(largest.place())),
        given(largest.model(), labels),
        given(largest.against(), labels));
    return new Compared(data, split, changes.count(), scores, answers(changes, change), skipped);
  }

  /** Two models that answer numbers. */
  static Compared numbers(
      String data, String split, NumberComparison found, IntFunction<String> rows) {
    Map<String, Pair> scores = new LinkedHashMap<>();
    scores.put(RMSE, Pair.of(found.model().rmse(), found.against().rmse()));
    scores.put("mae", Pair.of(found.model().mae(), found.against().mae()));
    scores.put("rmspe", Pair.ofShares(found.model().rmspe(), found.against().rmspe()));
    scores.put("mape", Pair.ofShares(found.model().mape(), found.against().mape()));
    AnswerChanges changes = found.changes();
    AnswerChanges.Largest largest = changes.largest();
    Change change = new Change(
        rows.apply(largest.row()),
        largest.change(),
        Optional.empty(),
        new Given(Optional.empty(), largest.model().value()),
        new Given(Optional.empty(), largest.against().value()));
    return new Compared(data, split, changes.count(), scores, answers(changes, change), List.of());
  }

  /** One of a file's scores; empty if such models have none of it. */
  OptionalDouble score(String measure, ToDoubleFunction<Pair> file) {
    Pair pair = scores.get(measure);
    return pair == null ? OptionalDouble.empty() : OptionalDouble.of(file.applyAsDouble(pair));
  }

  private static Answers answers(AnswerChanges changes, Change largest) {
    return new Answers(changes.agreement(), changes.tolerance(), changes.meanChange(), largest);
  }

  private static Given given(AnswerChanges.Answer answer, Labels labels) {
    return new Given(Optional.of(labels.get(answer.place())), answer.value());
  }
}
