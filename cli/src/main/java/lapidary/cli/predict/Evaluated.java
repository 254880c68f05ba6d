package lapidary.cli.predict;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.OptionalDouble;

/**
 * What evaluate found, whatever the kind of model.
 *
 * @param data the data set's name
 * @param split which part of it
 * @param score the numbers, as a record of its own
 * @param accuracy share of right answers, for classifiers
 * @param rmse root mean squared error, for models that answer numbers
 * @param text the numbers for people
 */
record Evaluated(
    String data,
    String split,
    Object score,
    @JsonIgnore OptionalDouble accuracy,
    @JsonIgnore OptionalDouble rmse,
    @JsonIgnore String text) {
  /** A classifier's score. */
  static Evaluated classes(String data, String split, Object score, double accuracy, String text) {
    return new Evaluated(
        data, split, score, OptionalDouble.of(accuracy), OptionalDouble.empty(), text);
  }

  /** The score of a model that answers numbers. */
  static Evaluated numbers(String data, String split, Object score, double rmse, String text) {
    return new Evaluated(data, split, score, OptionalDouble.empty(), OptionalDouble.of(rmse), text);
  }
}
