package lapidary.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.schedule.FitPlan;

/**
 * A part of a run with a schedule of its own.
 *
 * @param fit epochs, learning rates and schedule
 * @param norms what batch norm does in frozen layers
 * @param frozen whether only the head learns
 * @param before epochs of the run that come before
 */
record Phase(FitPlan fit, FrozenNorm norms, boolean frozen, int before) {
  /** The phases of a recipe, in order: the frozen one, if there is one, and the one that trains everything. */
  static List<Phase> of(Recipe recipe) {
    List<Phase> phases = new ArrayList<>();
    recipe.frozen().ifPresent(first -> phases.add(new Phase(first.fit(), first.norms(), true, 0)));
    int before = phases.stream().mapToInt(Phase::end).sum();
    phases.add(new Phase(recipe.fit(), FrozenNorm.LEARN_STATISTICS, false, before));
    return phases;
  }

  /** Epochs of the run that are done when this phase is. */
  int end() {
    return before + fit.epochs();
  }

  /** Lets those layers train that this phase trains, from the optimiser's beginnings unless the phase has begun already. */
  void begin(Learner learner, FitPosition from) {
    if (frozen) {
      learner.freezeTo(-1, norms);
    } else {
      learner.unfreeze();
    }
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

  static int epochs(Recipe recipe) {
    return of(recipe).stream().mapToInt(phase -> phase.fit().epochs()).sum();
  }

  /** The learning rate of the head and the momentum at steps spread evenly over the phase's first epochs. */
  Stream<Curve> curve(int epochs, long batches, int points) {
    long made = batches * Math.min(epochs, fit.epochs());
    long total = batches * fit.epochs();
    int count = (int) Math.min(made, points);
    return IntStream.range(0, count).mapToObj(i -> {
      long step = count == 1 ? 0 : i * (made - 1) / (count - 1);
      return new Curve(
          before * batches + step,
          fit.rates().head() * fit.schedule().rateFactor(step, total),
          fit.schedule().momentum(step, total));
    });
  }

  /** One point of a schedule's curves. */
  record Curve(long step, double rate, OptionalDouble momentum) {}
}
