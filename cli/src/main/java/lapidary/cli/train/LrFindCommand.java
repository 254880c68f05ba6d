package lapidary.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.OverwriteOption;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.learn.RateCurve;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.report.LearningRatePlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class LrFindCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin
  private final LearnOption learned = new LearnOption();

  @Option(
      names = {"-o", "--out"},
      defaultValue = "lr-find.svg",
      paramLabel = "FILE",
      description = "The plot, an .svg file; default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path plot;

  private final Console console;
  private final ModelChoice model;
  private final Family family;

  LrFindCommand(Console console, ModelChoice model, Family family) {
    this.console = console;
    this.model = model;
    this.family = family;
  }

  /** What was found: rates and smoothed losses step by step, and the suggestion if the loss ever fell. */
  record Document(
      String plot, OptionalDouble suggestion, List<Double> rates, List<Double> smoothedLosses) {}

  @Override
  public Integer call() {
    overwrite.requireFree(plot);
    // What cannot be is refused before data is read.
    plan(UnaryOperator.identity());
    Problem problem = learned.problem(family, console);
    RateCurve curve = Training.findRate(plan(problem::suited), problem);
    LearningRatePlot.write(
        plot,
        array(curve.rates()),
        array(curve.losses()),
        array(curve.smoothed()),
        curve.suggestion());
    Document document =
        new Document(plot.toString(), curve.suggestion(), curve.rates(), curve.smoothed());
    return answer.give(
        console,
        document,
        out -> out.println(
            curve.suggestion().isPresent()
                ? String.format(
                    Locale.ROOT,
                    "suggested learning rate %.1e; the plot is %s",
                    curve.suggestion().getAsDouble(),
                    plot)
                : "the loss never fell, so there is nothing to suggest; the plot is " + plot));
  }

  private TrainingPlan plan(UnaryOperator<Recipe> suited) {
    return learned.plan(model, family, suited, UnaryOperator.identity());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
