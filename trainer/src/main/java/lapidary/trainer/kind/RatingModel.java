package lapidary.trainer.kind;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.Range;
import lapidary.trainer.block.EmbeddingDotBias;
import lapidary.trainer.network.Blueprint;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;

/**
 * {@code collab}: a recommender, which learns from ratings.
 *
 * @param factors length of an embedding, at least 1
 * @param range of predicted ratings; a sigmoid never reaches its upper end, so it is put above the best rating
 * @param implicit whether items also learn from who rated them; the trained model has the same size either way
 */
public record RatingModel(int factors, Range range, boolean implicit) implements ModelChoice {
  /** 40 factors, ratings from 0 to 5.5. */
  public static final RatingModel DEFAULT = new RatingModel(40, new Range(0, 5.5), false);

  private static final double RATE = 5e-3;
  private static final double EPSILON = 2e-4;
  private static final int BEST_FACTORS = 60;

  /** The documented one. */
  public static List<RatingModel> documented() {
    return List.of(DEFAULT);
  }

  /** Refuses no factors. */
  public RatingModel {
    if (factors < 1) {
      throw new InvalidInputException(factors + " factors; give 1 or more");
    }
  }

  /** The same with another length of embeddings. */
  public RatingModel withFactors(int changed) {
    return new RatingModel(changed, range, implicit);
  }

  /** The same with another range of answers. */
  public RatingModel withRange(Range changed) {
    return new RatingModel(factors, changed, implicit);
  }

  /** The same, learnt with or without implicit feedback. */
  public RatingModel withImplicit(boolean changed) {
    return new RatingModel(factors, range, changed);
  }

  /** The network for tables of {@code users} and {@code items} rows, the unknown ones counted. */
  public Architecture.Collab architecture(int users, int items) {
    return new Architecture.Collab(users, items, factors, range.low(), range.high());
  }

  @Override
  public String name() {
    return Architecture.Collab.NAME;
  }

  @Override
  public String learnsFrom() {
    return "ratings";
  }

  @Override
  public Recipe recipe() {
    return cycle(5, WeightDecay.decoupled(0.1).withBiasRate(0.02));
  }

  /**
   * Beside the documented settings, those found on a tenth of MovieLens 100k's {@code u1.base}, without a look at {@code u1.test}.
   * Embeddings need more decay than biases, and more of it wants more epochs.
   */
  @Override
  public List<Preset> presets() {
    Recipe best = cycle(10, WeightDecay.decoupled(0.3).withBiasRate(0.05));
    return List.of(
        new Preset(Preset.DEFAULT, this, recipe()),
        new Preset(Preset.BEST, withFactors(BEST_FACTORS).withImplicit(true), best));
  }

  /**
   * One cycle of Adam, whose second moment forgets faster than usual. Its ε is large, so that users and items with few ratings,
   * whose gradients are mostly zero, take smaller steps.
   */
  private static Recipe cycle(int epochs, WeightDecay decay) {
    FitPlan fit = new FitPlan(epochs, LearningRates.all(RATE), Schedule.oneCycle());
    return new Recipe(
        fit, Recipe.BATCH, new Adam(0.9, 0.99, EPSILON, decay), OptionalDouble.empty());
  }

  @Override
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("factors", Integer.toString(factors));
    map.put("y-range", range.text());
    if (implicit) {
      map.put("implicit", "true");
    }
    return map;
  }

  @Override
  public Optional<Blueprint> blueprint(Architecture architecture) {
    return architecture instanceof Architecture.Collab size
        ? Optional.of(blueprint(new EmbeddingDotBias(size)))
        : Optional.empty();
  }

  /** A network around a block of this kind, such as one that also learns from who rated what. */
  public static Blueprint blueprint(EmbeddingDotBias block) {
    return new Blueprint(
        block,
        LayerGroup.whole(),
        FreshWeights.TRUNCATED_NORMAL,
        List.of(new Shape(1), new Shape(1)));
  }
}
