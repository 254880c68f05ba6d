package lapidary.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import lapidary.models.InvalidInputException;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.ModelChoice;
import lapidary.trainer.RunOptions;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.TrainingResult;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ImageDatasets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "train",
    description = "Trains a documented model into a run folder.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary train mnist-nn --data fashion-mnist --epochs 5 --lr 1e-3 --seed 0 --out runs/nn",
      "  ./lapidary train mnist-nn --data fashion-mnist --lr 1e-2 --one-cycle --optimizer adamw --wd 0.01 --out runs/cycle"
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final RecipeOption recipe = new RecipeOption();

  @Parameters(paramLabel = "MODEL", description = "mnist-logistic or mnist-nn.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NAME|PATH",
      description = "A data set: see lapidary data list.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String data;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "RUN",
      description = "The run folder to write.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path run;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Width of mnist-nn's hidden layer; default 50.")
  private @Nullable Integer hidden;

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
      description = "auto, cpu, cuda or cuda:N; default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String device;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Threads of the engine; default the model's best.")
  private int threads;

  @Option(names = "--resume", description = "Go on from the run folder's checkpoint.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the run in the folder, if there is one.")
  private boolean overwrite;

  private final Console console;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    TrainingPlan plan = plan();
    requireFree();
    ImageDataset set = ImageDatasets.load(data, DataRoots.fromEnvironment(console.environment()));
    Training training = new Training(plan, set, run);
    TrainingResult result;
    try (EpochTable table =
        new EpochTable(answer.forPeople() ? console.out() : console.err(), answer.forPeople())) {
      result = Interrupt.during(training::stop, () -> training.run(table));
    }
    TrainingDocument document = TrainingDocument.of(run, result);
    return answer.give(console, document, document::print);
  }

  private TrainingPlan plan() {
    ModelChoice documented = ModelChoice.of(model);
    ModelChoice choice = hidden == null ? documented : new ModelChoice(model, hidden);
    TrainingPlan plan = TrainingPlan.of(model);
    return new TrainingPlan(
        choice, recipe.applyTo(plan.recipe()), new RunOptions(seed, device, threads, resume));
  }

  /** A run is hours of work: it is replaced only when that is said. */
  private void requireFree() {
    if (Files.exists(run) && !Files.isDirectory(run)) {
      throw new InvalidInputException(run + " is a file; give --out a folder");
    }
    if (Files.exists(run.resolve(Checkpoint.FOLDER)) && !resume && !overwrite) {
      throw new InvalidInputException(
          run
              + " holds a run; choose another folder, or give --resume to go on or --overwrite to replace it");
    }
  }
}
