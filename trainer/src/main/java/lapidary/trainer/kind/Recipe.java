package lapidary.trainer.kind;

import java.util.Optional;
import java.util.OptionalDouble;
import lapidary.models.Architecture;
import lapidary.models.Tabular;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.Optimizer;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;

/**
 * The hyper-parameters of a run.
 *
 * @param fit epochs, learning rates and schedule
 * @param batch rows a step
 * @param optimizer with its weight decay
 * @param clipNorm the largest norm of all gradients together; empty for any
 * @param frozen what comes before {@code fit}, in which only the head learns; empty for nothing
 */
public record Recipe(
    FitPlan fit,
    int batch,
    Optimizer optimizer,
    OptionalDouble clipNorm,
    Optional<FrozenPhase> frozen) {
  /** Rows a step of the documented models. */
  public static final int BATCH = 64;

  private static final int EPOCHS = 5;
  private static final double LOGISTIC_RATE = 2e-2;
  private static final double LOGISTIC_DECAY = 1e-5;
  private static final double ADAM_RATE = 1e-3;
  private static final double RATING_RATE = 5e-3;
  private static final double RATING_DECAY = 0.1;
  private static final double RATING_BIAS_DECAY = 0.02;
  private static final double RATING_EPSILON = 2e-4;
  private static final double TABLE_RATE = 1e-2;
  private static final double TABLE_DECAY = 0.01;
  private static final int TABLE_BATCH = 256;
  private static final int BEST_EPOCHS = 10;
  private static final double BEST_DECAY = 0.3;
  private static final double BEST_BIAS_DECAY = 0.05;

  private static final int PHOTO_BATCH = 32;
  private static final int FROZEN_EPOCHS = 3;
  private static final double FROZEN_RATE = 3e-3;
  private static final int FINE_EPOCHS = 2;
  private static final double FINE_LOW = 1e-5;
  private static final double FINE_HIGH = 1e-3;
  private static final double PHOTO_DECAY = 0.01;

  /** A recipe of one phase. */
  public Recipe(FitPlan fit, int batch, Optimizer optimizer, OptionalDouble clipNorm) {
    this(fit, batch, optimizer, clipNorm, Optional.empty());
  }

  /** The documented recipe of a documented model. */
  public static Recipe of(ModelChoice model) {
    if (Architecture.Resnet.isNamed(model.name())) {
      return photos();
    }
    if (model.name().equals(Tabular.NAME)) {
      return tables();
    }
    if (model.name().equals(Architecture.Collab.NAME)) {
      return ratings(
          EPOCHS, RATING_RATE, WeightDecay.decoupled(RATING_DECAY).withBiasRate(RATING_BIAS_DECAY));
    }
    return model.name().equals(Architecture.MnistLogistic.NAME)
        ? of(LOGISTIC_RATE, new Sgd(0, WeightDecay.l2(LOGISTIC_DECAY)))
        : of(ADAM_RATE, Adam.of(WeightDecay.NONE));
  }

  /**
   * The recipe of {@code collab}'s preset {@code best}: found on a tenth of MovieLens 100k's {@code u1.base}, without a look at
   * {@code u1.test}. Embeddings need more decay than biases, and more of it wants more epochs.
   */
  public static Recipe bestForRatings() {
    return ratings(
        BEST_EPOCHS, RATING_RATE, WeightDecay.decoupled(BEST_DECAY).withBiasRate(BEST_BIAS_DECAY));
  }

  /**
   * One cycle of Adam, whose second moment forgets faster than usual. Its ε is large, so that users and items with few ratings,
   * whose gradients are mostly zero, take smaller steps.
   */
  static Recipe ratings(int epochs, double rate, WeightDecay decay) {
    FitPlan fit = new FitPlan(epochs, LearningRates.all(rate), Schedule.oneCycle());
    return new Recipe(
        fit, BATCH, new Adam(0.9, 0.99, RATING_EPSILON, decay), OptionalDouble.empty());
  }

  /** Fine-tuning (Howard &amp; Gugger 2020): the head alone, while the body's batch norm trains too, then everything, one cycle each. */
  private static Recipe photos() {
    FitPlan first =
        new FitPlan(FROZEN_EPOCHS, LearningRates.slice(FROZEN_RATE), Schedule.oneCycle());
    FitPlan fit =
        new FitPlan(FINE_EPOCHS, LearningRates.slice(FINE_LOW, FINE_HIGH), Schedule.oneCycle());
    return new Recipe(
        fit,
        PHOTO_BATCH,
        new Adam(0.9, 0.99, 1e-5, WeightDecay.decoupled(PHOTO_DECAY)),
        OptionalDouble.empty(),
        Optional.of(new FrozenPhase(first, FrozenNorm.TRAIN)));
  }

  /** The recipe of a network for photos that starts from fresh weights: everything learns from the beginning, at one rate. */
  public static Recipe ofFreshPhotoNetwork() {
    FitPlan fit = new FitPlan(EPOCHS, LearningRates.all(FROZEN_RATE), Schedule.oneCycle());
    return photos().withFit(fit).withFrozen(Optional.empty());
  }

  /** One cycle of Adam with decoupled decay. */
  private static Recipe tables() {
    FitPlan fit = new FitPlan(EPOCHS, LearningRates.all(TABLE_RATE), Schedule.oneCycle());
    Optimizer adam = Adam.of(WeightDecay.decoupled(TABLE_DECAY));
    return new Recipe(fit, TABLE_BATCH, adam, OptionalDouble.empty());
  }

  private static Recipe of(double rate, Optimizer optimizer) {
    FitPlan fit = new FitPlan(EPOCHS, LearningRates.all(rate), Schedule.constant());
    return new Recipe(fit, BATCH, optimizer, OptionalDouble.empty());
  }

  /** The same with another number of epochs, rates or schedule. */
  public Recipe withFit(FitPlan changed) {
    return new Recipe(changed, batch, optimizer, clipNorm, frozen);
  }

  /** The same with another first phase, or none. */
  public Recipe withFrozen(Optional<FrozenPhase> changed) {
    return new Recipe(fit, batch, optimizer, clipNorm, changed);
  }

  /** The same with another optimiser. */
  public Recipe withOptimizer(Optimizer changed) {
    return new Recipe(fit, batch, changed, clipNorm, frozen);
  }
}
