package lapidary.cli.train;

import lapidary.models.InvalidInputException;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.OneCycle;
import lapidary.trainer.schedule.Schedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For how long and at which rates the whole network is trained. What is not given is the model's documented recipe. */
final class CourseOption {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training data, in which everything learns.")
  private @Nullable Integer epochs;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description =
          "Learning rate, such as 1e-3; slice(HI) and slice(LO,HI) spread it over the layer groups.")
  private @Nullable String rate;

  @Option(
      names = "--one-cycle",
      description = "One-cycle schedule up to the rate; without it the rate is constant.")
  private boolean oneCycle;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "constant, step, cosine, linear or one-cycle.")
  private @Nullable String schedule;

  Recipe applyTo(Recipe recipe) {
    return recipe.withFit(new FitPlan(
        epochs == null ? recipe.fit().epochs() : epochs,
        rate == null ? recipe.fit().rates() : LearningRates.parse(rate),
        schedule(recipe.fit().schedule())));
  }

  private Schedule schedule(Schedule documented) {
    if (oneCycle && schedule != null && !schedule.equals(OneCycle.DEFAULT.name())) {
      throw new InvalidInputException(
          "--one-cycle and --schedule " + schedule + " contradict each other; give one of them");
    }
    if (oneCycle) {
      return OneCycle.DEFAULT;
    }
    return schedule == null ? documented : Schedule.named(schedule);
  }
}
