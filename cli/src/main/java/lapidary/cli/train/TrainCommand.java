package lapidary.cli.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.Interrupt;
import lapidary.models.InvalidInputException;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.RunOptions;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.TrainingResult;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class TrainCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final LearnOption learned = new LearnOption();

  @Mixin
  private final CourseOption course = new CourseOption();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "RUN",
      description = "The run folder to write.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path run;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "End early after N epochs without a better score.")
  private @Nullable Integer patience;

  @Option(
      names = "--tensorboard",
      description = "Also write TensorBoard event files into RUN/tensorboard.")
  private boolean tensorBoard;

  @Option(
      names = "--resume",
      description = "Go on from the run folder's checkpoint, with the options it began with.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the run in the folder, if there is one.")
  private boolean overwrite;

  private final Console console;
  private final ModelChoice model;
  private final Family family;

  TrainCommand(Console console, ModelChoice model, Family family) {
    this.console = console;
    this.model = model;
    this.family = family;
  }

  @Override
  public Integer call() throws Exception {
    // What cannot be is refused before data is read.
    TrainingPlan documented = plan(UnaryOperator.identity());
    requireFree();
    Problem problem = learned.problem(family, console);
    TrainingPlan plan = plan(problem::suited);
    SuitedRecipe.print(documented.recipe(), plan.recipe(), console);
    Training training = Training.of(plan, problem, run);
    // Another training may have begun, or even ended, while the data was read.
    requireFree();
    // An interrupted process goes down as soon as this is done, so what is to be said is part of
    // it.
    return Interrupt.during(training::stop, () -> told(training));
  }

  private int told(Training training) {
    TrainingDocument document = TrainingDocument.of(run, run(training), training);
    return answer.give(console, document, document::print);
  }

  private TrainingPlan plan(UnaryOperator<Recipe> suited) {
    TrainingPlan plan = learned.plan(model, family, suited, course::applyTo);
    RunOptions options = resume ? plan.options().resuming() : plan.options();
    return plan.withOptions(patience == null ? options : options.withPatience(patience));
  }

  private TrainingResult run(Training training) {
    try (EpochTable table = new EpochTable(
        answer.forPeople() ? console.out() : console.err(),
        answer.forPeople(),
        training.metric())) {
      if (!tensorBoard) {
        return training.run(table);
      }
      try (TensorBoardEvents events = new TensorBoardEvents(run.resolve("tensorboard"), table)) {
        return training.run(events);
      }
    }
  }

  /** A run is hours of work: it is replaced only when that is said. */
  private void requireFree() {
    if (Files.exists(run) && !Files.isDirectory(run)) {
      throw new InvalidInputException(run + " is a file; give --out a folder");
    }
    Training.requireFree(run);
    boolean begun = Checkpoint.isIn(run);
    if (resume && (overwrite || !begun)) {
      throw new InvalidInputException(
          overwrite
              ? "--resume goes on with a run and --overwrite replaces it; give one of them"
              : run + " holds no run to go on with; omit --resume to begin one there");
    }
    if (begun && !resume && !overwrite) {
      throw new InvalidInputException(run + " holds a run; choose another folder, or give --resume"
          + " to go on or --overwrite to replace it");
    }
  }
}
