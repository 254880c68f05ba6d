package lapidary.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.trainer.kind.Phase;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.schedule.FitPlan;

/**
 * A phase in its place within a run.
 *
 * @param phase of the recipe
 * @param before epochs of the run that come before
 */
record Stage(Phase phase, int before) {
  /** The phases of a recipe, one after another. */
  static List<Stage> of(Recipe recipe) {
    List<Stage> stages = new ArrayList<>();
    int before = 0;
    for (Phase phase : recipe.phases()) {
      stages.add(new Stage(phase, before));
      before += phase.fit().epochs();
    }
    return List.copyOf(stages);
  }

  FitPlan fit() {
    return phase.fit();
  }

  /** Epochs of the run that are done when this phase is. */
  int end() {
    return before + fit().epochs();
  }

  /** Lets those layers train that this phase trains, from the optimiser's beginnings unless the phase has begun already. */
  void begin(Learner learner, FitPosition from) {
    phase.frozen().ifPresentOrElse(norms -> learner.freezeTo(-1, norms), learner::unfreeze);
    if (from.equals(FitPosition.beforeEpoch(before))) {
      learner.forgetSteps();
    }
    learner.countEarlier(before);
  }

  /** A place in the run as a place in this phase. */
  FitPosition within(FitPosition run) {
    return new FitPosition(run.epoch() - before, run.batch(), run.lossSum(), run.rows());
  }

  /** A place in this phase as a place in the run. */
  FitPosition overall(FitPosition own) {
    return new FitPosition(own.epoch() + before, own.batch(), own.lossSum(), own.rows());
  }

  /** The learning rate of the head and the momentum at steps spread evenly over the phase's first epochs. */
  Stream<Curve> curve(int epochs, long batches, int points) {
    long made = batches * Math.min(epochs, fit().epochs());
    long total = batches * fit().epochs();
    int count = (int) Math.min(made, points);
    return IntStream.range(0, count).mapToObj(i -> {
      long step = count == 1 ? 0 : i * (made - 1) / (count - 1);
      return new Curve(
          before * batches + step,
          fit().rates().head() * fit().schedule().rateFactor(step, total),
          fit().schedule().momentum(step, total));
    });
  }

  /** One point of a schedule's curves. */
  record Curve(long step, double rate, OptionalDouble momentum) {}
}
