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
import lapidary.runtime.score.Comparison;
import lapidary.runtime.score.NumberScore;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;

/** A rating file on ratings that were set aside, or on all of other data. Not thread-safe. */
final class RatingEvaluation implements Evaluation {
  private final Model model;
  private final RatingDivision division;
  private final List<String> users = new ArrayList<>();
  private final List<String> items = new ArrayList<>();
  private final float[] truth;

  private RatingEvaluation(Model model, RatingDivision division) {
    this.model = model;
    this.division = division;
    List<Ratings> scored = scored();
    truth = new float[scored.stream().mapToInt(Ratings::count).sum()];
    for (Ratings ratings : scored) {
      System.arraycopy(ratings.values(), 0, truth, users.size(), ratings.count());
      users.addAll(ids(division.set().users(), ratings.users()));
      items.addAll(ids(division.set().items(), ratings.items()));
    }
  }

  /** @param model is borrowed */
  static RatingEvaluation of(
      Model model, String data, PartOption option, RatingsOption columns, Console console) {
    return new RatingEvaluation(model, RatingDivision.of(model, data, option, columns, console));
  }

  @Override
  public Evaluated score() {
    RatingsDataset set = division.set();
    NumberScore score = NumberScore.of(RatingPredictor.of(model).predict(users, items), truth);
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

  @Override
  public Compared compare(Comparison comparison, double tolerance) {
    RatingPredictor.of(new PairedRows(comparison, model), model.description().orElseThrow())
        .predict(users, items);
    return Compared.numbers(
        division.set().source().name(),
        division.text(),
        comparison.numbers(truth, tolerance),
        row -> "user " + users.get(row) + ", item " + items.get(row));
  }

  private List<Ratings> scored() {
    Part part = division.part();
    return Stream.of(Part.train, Part.valid)
        .filter(each -> part == Part.all || part == each)
        .map(
            each -> each == Part.train ? division.set().train() : division.set().valid())
        .toList();
  }

  private static List<String> ids(IdVocabulary known, int[] rows) {
    return Arrays.stream(rows).mapToObj(known::id).toList();
  }
}
