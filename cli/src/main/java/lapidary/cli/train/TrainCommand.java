package lapidary.cli.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.Interrupt;
import lapidary.models.InvalidInputException;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.TrainingResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = "Trains a documented model into a run folder.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary train mnist-nn --data fashion-mnist --epochs 5 --lr 1e-3 --seed 0 --out runs/nn",
      "  ./lapidary train mnist-nn --data fashion-mnist --lr 1e-2 --one-cycle --optimizer adamw"
          + " --wd 0.01 --out runs/cycle",
      "  ./lapidary train resnet18 --data photos.zip --pretrained resnet18.safetensors --size 128"
          + " --freeze-epochs 3 --epochs 2 --out runs/photos",
      "  ./lapidary train collab --data movielens-100k --valid 0.2 --split-seed 42 --out runs/films",
      "  ./lapidary train collab --data movielens-100k --split u1 --preset best --out runs/best",
      "  ./lapidary train collab --data mine.csv --user-column who --item-column what --rating-column stars --out runs/mine",
      "  ./lapidary train tabular --data adult --out runs/adult",
      "  ./lapidary train tabular --data houses.csv --target price --log-target --dates sold"
          + " --valid-days 90 --out runs/houses"
    })
public final class TrainCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final PlanOption planned = new PlanOption();

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

  @Option(names = "--resume", description = "Go on from the run folder's checkpoint.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the run in the folder, if there is one.")
  private boolean overwrite;

  private final Console console;

  public TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    TrainingPlan plan =
        planned.plan(resume, patience == null ? OptionalInt.empty() : OptionalInt.of(patience));
    requireFree();
    Training training = planned.training(plan, run, console);
    // Another training may have begun, or even ended, while the data was read.
    requireFree();
    TrainingResult result = Interrupt.during(training::stop, () -> run(training));
    TrainingDocument document = TrainingDocument.of(run, result, training.baseline());
    return answer.give(console, document, document::print);
  }

  private TrainingResult run(Training training) {
    try (EpochTable table =
        new EpochTable(answer.forPeople() ? console.out() : console.err(), answer.forPeople())) {
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
    if (Files.exists(run.resolve(Checkpoint.FOLDER)) && !resume && !overwrite) {
      throw new InvalidInputException(run + " holds a run; choose another folder, or give --resume"
          + " to go on or --overwrite to replace it");
    }
  }
}
