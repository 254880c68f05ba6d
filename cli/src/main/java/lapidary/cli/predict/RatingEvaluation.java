package lapidary.cli.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import lapidary.cli.option.RatingsOption;
import lapidary.cli.predict.PartOption.Part;
import lapidary.models.IdVocabulary;
import lapidary.runtime.Model;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.score.NumberScore;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;

/** Scores a rating file on ratings that were set aside, or on all of other data. Stateless. */
final class RatingEvaluation {
  private RatingEvaluation() {}

  static Evaluated of(
      Model model, String data, PartOption option, RatingsOption columns, Console console) {
    RatingDivision division = RatingDivision.of(model, data, option, columns, console);
    RatingsDataset set = division.set();
    Part part = division.part();
    List<Ratings> scored = Stream.of(Part.train, Part.valid)
        .filter(each -> part == Part.all || part == each)
        .map(each -> each == Part.train ? set.train() : set.valid())
        .toList();
    try (RatingPredictor predictor = RatingPredictor.of(model)) {
      NumberScore score = score(predictor, set, scored);
      return Evaluated.numbers(
          set.source().name(),
          division.text(),
          score,
          score.rmse(),
          String.format(
              Locale.ROOT,
              "mean squared error %.4f, root %.4f, mean absolute error %.4f, %d of %d ratings",
              score.mse(),
              score.rmse(),
              score.mae(),
              score.count(),
              set.train().count() + set.valid().count()));
    }
  }

  private static NumberScore score(
      RatingPredictor predictor, RatingsDataset set, List<Ratings> scored) {
    List<String> users = new ArrayList<>();
    List<String> items = new ArrayList<>();
    float[] truth = new float[scored.stream().mapToInt(Ratings::count).sum()];
    for (Ratings ratings : scored) {
      System.arraycopy(ratings.values(), 0, truth, users.size(), ratings.count());
      users.addAll(ids(set.users(), ratings.users()));
      items.addAll(ids(set.items(), ratings.items()));
    }
    return NumberScore.of(predictor.predict(users, items), truth);
  }

  private static List<String> ids(IdVocabulary known, int[] rows) {
    return Arrays.stream(rows).mapToObj(known::id).toList();
  }
}
