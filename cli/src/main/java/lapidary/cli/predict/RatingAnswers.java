package lapidary.cli.predict;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.device.DeviceReport;

/**
 * What predict answers to pairs of users and items.
 *
 * @param model the rating file
 * @param device what it ran on
 * @param results one a pair
 */
record RatingAnswers(String model, DeviceReport device, List<Result> results) {
  /**
   * One predicted rating.
   *
   * @param knownUser whether the model knows the user; one whom it does not is predicted for as an average one
   * @param knownItem the same of the item
   */
  record Result(String user, String item, float rating, boolean knownUser, boolean knownItem) {}

  private record Pair(String user, String item) {
    static Pair parse(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new InvalidInputException(
            "\"" + text + "\" is not a pair of a user and an item; give USER,ITEM such as 196,242");
      }
      return new Pair(parts[0].strip(), parts[1].strip());
    }
  }

  static RatingAnswers of(RatingPredictor predictor, String model, List<String> inputs) {
    List<Pair> pairs = inputs.stream().map(Pair::parse).toList();
    float[] ratings = predictor.predict(
        pairs.stream().map(Pair::user).toList(), pairs.stream().map(Pair::item).toList());
    List<Result> results = IntStream.range(0, ratings.length)
        .mapToObj(i -> result(predictor, pairs.get(i), ratings[i]))
        .toList();
    return new RatingAnswers(model, predictor.model().device(), results);
  }

  private static Result result(RatingPredictor predictor, Pair pair, float rating) {
    return new Result(
        pair.user(),
        pair.item(),
        rating,
        predictor.knowsUser(pair.user()),
        predictor.knowsItem(pair.item()));
  }

  void print(PrintWriter out) {
    results.forEach(result -> out.printf(
        Locale.ROOT,
        "user %s, item %s: %.3f%s%s%n",
        result.user(),
        result.item(),
        result.rating(),
        result.knownUser() ? "" : " (unknown user, taken as an average one)",
        result.knownItem() ? "" : " (unknown item, taken as an average one)"));
  }
}
