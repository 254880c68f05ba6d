package lapidary.runtime.score;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/**
 * How far the answers of one model are from those of another, row by row. The change of a row is that of the value which changed most.
 *
 * @param count rows compared
 * @param agreement share of rows with the same answer, 0..1
 * @param tolerance how far apart numbers may be and count as the same, in their own unit; empty for classes, where the most probable
 *     class is to be the same
 * @param meanChange mean over the rows of the change of each
 * @param largest the row that changed most, the first of equals
 */
public record AnswerChanges(
    int count, double agreement, OptionalDouble tolerance, double meanChange, Largest largest) {
  /**
   * A row and what it was answered.
   *
   * @param row its number, from 0
   * @param place which of its values changed most: a class, or 0 where a row has one number
   * @param change by how much, at least 0
   * @param model the answer of the model
   * @param against the answer of the one that it is held against
   */
  public record Largest(int row, int place, double change, Answer model, Answer against) {}

  /**
   * One answer: the most probable class, or the number that changed most.
   *
   * @param place the class, or which of a row's numbers
   * @param value its probability, or the number
   */
  public record Answer(int place, float value) {}

  /**
   * Compares probabilities: rows agree whose most probable class is the same.
   *
   * @param model a row for each row of the data, one value a class
   * @param against as many of the same width
   * @throws InvalidInputException if there is no row, or they are not alike
   */
  public static AnswerChanges ofClasses(List<float[]> model, List<float[]> against) {
    requireAlike(model, against);
    int same = 0;
    for (int row = 0; row < model.size(); row++) {
      same += top(model.get(row)).place() == top(against.get(row)).place() ? 1 : 0;
    }
    Place largest = largest(model, against);
    return changes(
        model,
        against,
        same,
        OptionalDouble.empty(),
        new Largest(
            largest.row,
            largest.column,
            largest.change,
            top(model.get(largest.row)),
            top(against.get(largest.row))));
  }

  /**
   * Compares numbers: rows agree whose values are all within a tolerance.
   *
   * @param model a row for each row of the data
   * @param against as many of the same width
   * @param share the tolerance, as a share of the mean size of {@code against}'s values: 0.01 is one per cent; 0 or more
   * @throws InvalidInputException if there is no row, they are not alike, or the share is not such a number
   */
  public static AnswerChanges ofNumbers(List<float[]> model, List<float[]> against, double share) {
    requireAlike(model, against);
    if (!(share >= 0) || Double.isInfinite(share)) {
      throw new InvalidInputException(
          "tolerance " + share + " is not a share of the answers; give 0 or more, such as 0.01");
    }
    double tolerance = share * meanSize(against);
    int same = 0;
    for (int row = 0; row < model.size(); row++) {
      same += place(row, model, against).change <= tolerance ? 1 : 0;
    }
    Place largest = largest(model, against);
    return changes(
        model,
        against,
        same,
        OptionalDouble.of(tolerance),
        new Largest(
            largest.row,
            largest.column,
            largest.change,
            new Answer(largest.column, model.get(largest.row)[largest.column]),
            new Answer(largest.column, against.get(largest.row)[largest.column])));
  }

  /** The value of a row that changed most. */
  private record Place(int row, int column, double change) {}

  private static AnswerChanges changes(
      List<float[]> model,
      List<float[]> against,
      int same,
      OptionalDouble tolerance,
      Largest largest) {
    double sum = 0;
    for (int row = 0; row < model.size(); row++) {
      sum += place(row, model, against).change;
    }
    int count = model.size();
    return new AnswerChanges(count, (double) same / count, tolerance, sum / count, largest);
  }

  private static Place largest(List<float[]> model, List<float[]> against) {
    Place largest = place(0, model, against);
    for (int row = 1; row < model.size(); row++) {
      Place place = place(row, model, against);
      largest = place.change > largest.change ? place : largest;
    }
    return largest;
  }

  private static Place place(int row, List<float[]> model, List<float[]> against) {
    float[] found = model.get(row);
    float[] wanted = against.get(row);
    int column = 0;
    double change = -1;
    for (int i = 0; i < found.length; i++) {
      double by = Math.abs((double) found[i] - wanted[i]);
      column = by > change ? i : column;
      change = Math.max(by, change);
    }
    return new Place(row, column, change);
  }

  private static Answer top(float[] row) {
    int best = ClassifierScore.argMax(row);
    return new Answer(best, row[best]);
  }

  private static double meanSize(List<float[]> rows) {
    return rows.stream().flatMapToDouble(AnswerChanges::sizes).average().orElse(0);
  }

  private static DoubleStream sizes(float[] row) {
    return IntStream.range(0, row.length).mapToDouble(i -> Math.abs(row[i]));
  }

  private static void requireAlike(List<float[]> model, List<float[]> against) {
    if (model.isEmpty() || model.size() != against.size()) {
      throw new InvalidInputException(model.size() + " answers cannot be compared with "
          + against.size() + "; give as many of each, at least one");
    }
    for (int row = 0; row < model.size(); row++) {
      int width = model.get(row).length;
      if (width == 0 || width != against.get(row).length) {
        throw new InvalidInputException(
            "row " + row + " has " + width + " values and " + against.get(row).length
                + " in the other answers; give as many of each, at least one");
      }
    }
  }
}
