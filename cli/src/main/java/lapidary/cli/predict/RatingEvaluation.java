package lapidary.cli.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lapidary.cli.console.Console;
import lapidary.cli.option.RatingsOption;
import lapidary.cli.option.SplitOption;
import lapidary.models.IdVocabulary;
import lapidary.runtime.Model;
import lapidary.runtime.NumberScore;
import lapidary.runtime.RatingPredictor;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;

/** Scores a rating file on ratings that were set aside. Stateless. */
final class RatingEvaluation {
  private RatingEvaluation() {}

  static Evaluated of(
      Model model, String data, SplitOption split, RatingsOption columns, Console console) {
    RatingsDataset set = columns.load(data, split.ofRatings(), console);
    Ratings valid = set.valid();
    try (RatingPredictor predictor = RatingPredictor.of(model)) {
      float[] predicted =
          predictor.predict(ids(set.users(), valid.users()), ids(set.items(), valid.items()));
      NumberScore score = NumberScore.of(predicted, valid.values());
      return Evaluated.numbers(
          set.source().name(),
          split.text(),
          score,
          score.rmse(),
          String.format(
              Locale.ROOT,
              "mean squared error %.4f, root %.4f, mean absolute error %.4f, %d ratings",
              score.mse(),
              score.rmse(),
              score.mae(),
              score.count()));
    }
  }

  private static List<String> ids(IdVocabulary known, int[] rows) {
    return Arrays.stream(rows).mapToObj(known::id).toList();
  }
}
