package lapidary.cli.train;

import java.util.function.UnaryOperator;
import lapidary.cli.console.Console;
import lapidary.trainer.RunOptions;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.engine.Tf32;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.Preset;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is learned from, by which steps and where: what training and a search for a rate have in common. */
final class LearnOption {
  @Mixin
  private final OptimizerOption optimizer = new OptimizerOption();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NAME|PATH",
      description = "A data set: see lapidary data list.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String data;

  @Option(
      names = "--preset",
      defaultValue = Preset.DEFAULT,
      paramLabel = "NAME",
      description = "The settings to start from, which other options change: default, or best.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String preset;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description = "Seed of weights and batch order; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description =
          "auto, cpu, cuda or cuda:N; several with commas between share each batch; default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String device;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Threads of the engine; default the model's best.")
  private int threads;

  @Option(
      names = "--tf32",
      negatable = true,
      description =
          "On a GPU: multiply numbers of 32 bits in TF32, or do not; default convolutions do and matrix products do not.")
  private @Nullable Boolean tf32;

  /**
   * The plan as it was asked for.
   *
   * @param suited what the data makes of the documented recipe
   * @param course what else is asked of the recipe
   */
  TrainingPlan plan(
      ModelChoice model,
      Family family,
      UnaryOperator<Recipe> suited,
      UnaryOperator<Recipe> course) {
    TrainingPlan start = TrainingPlan.preset(model.name(), preset);
    Recipe recipe = optimizer.applyTo(course.apply(family.recipe(suited.apply(start.recipe()))));
    RunOptions options = RunOptions.DEFAULT.withSeed(seed).on(device, threads).withData(data);
    if (tf32 != null) {
      options = options.withTf32(tf32 ? Tf32.ON : Tf32.OFF);
    }
    return new TrainingPlan(family.sized(start.model()), family.withPhases(recipe), options);
  }

  Problem problem(Family family, Console console) {
    return family.problem(data, console);
  }
}
