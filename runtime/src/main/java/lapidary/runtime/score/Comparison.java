package lapidary.runtime.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;

/**
 * A model held against another on the same rows: how often they agree, how far their answers are apart, where the truth is known how
 * much better or worse the one is, and how fast each runs. Differences are told as the model's minus the other's. The answers are
 * kept, 4 bytes a value of each, and the first {@value #SAMPLE} rows for timing. Thread-safe; rows are numbered in the order in which
 * batches end.
 *
 * <pre>{@code
 * Comparison comparison = Comparison.of(small, large);
 * batches.forEach(comparison::add);
 * double points = comparison.classes(labels).points();
 * }</pre>
 */
public final class Comparison {
  /** Rows of the larger batch that is timed. */
  public static final int SAMPLE = 32;

  private final Model model;
  private final Model against;
  private final String output;
  private final List<float[]> found = new ArrayList<>();
  private final List<float[]> wanted = new ArrayList<>();
  private final FirstRows sample = new FirstRows(SAMPLE);

  private Comparison(Model model, Model against, String output) {
    this.model = model;
    this.against = against;
    this.output = output;
  }

  /**
   * Compares by what models answer: probabilities, a prediction or a rating, as the description of the first says.
   *
   * @param model the one that is looked at
   * @param against the one that it is held against; both are borrowed
   * @throws InvalidInputException if they do not take the same inputs or do not answer the same question, saying what differs
   */
  public static Comparison of(Model model, Model against) {
    return of(model, against, SameQuestion.answer(model));
  }

  /**
   * Compares by any output of floats that has a row for each row of the inputs, such as features.
   *
   * @throws InvalidInputException as {@link #of(Model, Model)}, also if one has no such output
   */
  public static Comparison of(Model model, Model against, String output) {
    new SameQuestion(model, against).require(output);
    return new Comparison(model, against, output);
  }

  /** The output that is compared. */
  public String output() {
    return output;
  }

  /**
   * Runs both on one batch.
   *
   * @param inputs a tensor for every input by name, rows along the first axis
   * @return what the model answers
   * @throws InvalidInputException if one of them cannot run it, or answers other than a row of finite numbers for each row
   */
  public Tensor add(Map<String, Tensor> inputs) {
    Tensor answer = answer(model, inputs);
    List<float[]> ours = AnswerRows.of(answer, model.file(), output);
    List<float[]> theirs = AnswerRows.of(answer(against, inputs), against.file(), output);
    requireAsMany(ours, theirs);
    synchronized (this) {
      found.addAll(ours);
      wanted.addAll(theirs);
      sample.add(inputs, ours.size());
    }
    return answer;
  }

  /** How many rows were compared. */
  public synchronized int rows() {
    return found.size();
  }

  /**
   * Changes of probabilities.
   *
   * @throws InvalidInputException if nothing was added
   */
  public synchronized AnswerChanges classChanges() {
    return AnswerChanges.ofClasses(found, wanted);
  }

  /**
   * Changes of numbers.
   *
   * @param share the tolerance within which numbers are the same, as a share of the mean size of the other's, such as 0.01
   * @throws InvalidInputException if nothing was added, or the share is not 0 or more
   */
  public synchronized AnswerChanges numberChanges(double share) {
    return AnswerChanges.ofNumbers(found, wanted, share);
  }

  /**
   * Changes and scores of classifiers.
   *
   * @param truth the right class of each row, in the order in which rows were added
   * @throws InvalidInputException if there is nothing to score, or not one class a row
   */
  public synchronized ClassComparison classes(int[] truth) {
    return new ClassComparison(
        ClassifierScore.of(found, truth), ClassifierScore.of(wanted, truth), classChanges());
  }

  /**
   * Changes and scores of models that answer one number a row.
   *
   * @param truth the true number of each row, in the order in which rows were added
   * @param share as in {@link #numberChanges}
   * @throws InvalidInputException if there is nothing to score, or not one number a row
   */
  public synchronized NumberComparison numbers(float[] truth, double share) {
    return new NumberComparison(
        NumberScore.of(AnswerRows.single(found), truth),
        NumberScore.of(AnswerRows.single(wanted), truth),
        numberChanges(share));
  }

  /**
   * Times both on the first rows that were added, from the beginning again where there are fewer.
   *
   * @param rows in a batch, at least 1
   * @throws InvalidInputException if nothing was added, or so many rows cannot be run at once
   */
  public SpeedComparison speed(int rows, AlternatingTiming timing) {
    Map<String, Tensor> batch = sample(rows);
    return timing.of(rows, () -> answer(model, batch), () -> answer(against, batch));
  }

  /** The batches that {@link #speed} is worth asking for: one row and {@value #SAMPLE}, or the only one that a file takes. */
  public List<Integer> batches() {
    OptionalInt only = new SameQuestion(model, against).onlyBatch();
    return only.isPresent() ? List.of(only.getAsInt()) : List.of(1, SAMPLE);
  }

  private synchronized Map<String, Tensor> sample(int rows) {
    return sample.batch(rows);
  }

  private Tensor answer(Model by, Map<String, Tensor> inputs) {
    return by.run(inputs, List.of(output)).values().iterator().next();
  }

  private void requireAsMany(List<float[]> ours, List<float[]> theirs) {
    if (ours.size() != theirs.size() || ours.get(0).length != theirs.get(0).length) {
      throw new InvalidInputException(model.file() + " answers " + ours.size() + " rows of "
          + ours.get(0).length + " with " + output + ", " + against.file() + " " + theirs.size()
          + " of " + theirs.get(0).length + "; compare files of the same outputs");
    }
  }
}
