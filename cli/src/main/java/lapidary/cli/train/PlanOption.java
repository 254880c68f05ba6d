package lapidary.cli.train;

import java.nio.file.Path;
import java.util.OptionalInt;
import lapidary.cli.console.Console;
import lapidary.cli.option.PhotoOption;
import lapidary.cli.option.SplitOption;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.Tabular;
import lapidary.trainer.RunOptions;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.kind.ImageModel;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.PhotoModel;
import lapidary.trainer.kind.Preset;
import lapidary.trainer.kind.RatingModel;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.kind.TableModel;
import lapidary.trainer.learn.RateCurve;
import lapidary.trainer.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is trained, on what, and how: everything that decides the weights. */
final class PlanOption {
  @Mixin
  private final RecipeOption recipe = new RecipeOption();

  @Mixin
  private final RecommenderOption recommender = new RecommenderOption();

  @Mixin
  private final TableOption table = new TableOption();

  @Mixin
  private final LayersOption layers = new LayersOption();

  @Mixin
  private final RangeOption range = new RangeOption();

  @Mixin
  private final SplitOption split = new SplitOption();

  @Mixin
  private final PhotoOption photos = new PhotoOption();

  @Mixin
  private final FreezeOption freeze = new FreezeOption();

  @Parameters(
      paramLabel = "MODEL",
      description = "mnist-logistic, mnist-nn, resnet18, resnet34, collab or tabular.")
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
      names = "--preset",
      defaultValue = Preset.DEFAULT,
      paramLabel = "NAME",
      description =
          "The settings to start from: default, or best for collab; other options change them.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String preset;

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

  TrainingPlan plan(boolean resume, OptionalInt patience) {
    TrainingPlan start = TrainingPlan.preset(model, preset);
    requireFits(start.model());
    ModelChoice choice = hidden == null || !(start.model() instanceof ImageModel images)
        ? start.model()
        : images.with("hidden", hidden);
    RunOptions options = new RunOptions(seed, device, threads, resume, patience);
    return new TrainingPlan(
        layers.applyTo(recommender.applyTo(choice, range.range())),
        freeze.applyTo(recipe.applyTo(recipe(start))),
        options);
  }

  private Recipe recipe(TrainingPlan start) {
    return learnsPhotos() && !photos.startsFromWeights()
        ? PhotoModel.of(model).freshRecipe()
        : start.recipe();
  }

  /** Refuses options of another kind of model: they would do nothing. */
  private void requireFits(ModelChoice choice) {
    boolean ratings = choice instanceof RatingModel;
    boolean rows = choice instanceof TableModel;
    String learns = model + " learns from " + choice.learnsFrom();
    if (!ratings && recommender.given()) {
      throw new InvalidInputException(
          learns + "; columns and factors of ratings are for " + Architecture.Collab.NAME);
    }
    if (!rows && (table.given() || layers.given())) {
      throw new InvalidInputException(
          learns + "; roles, columns and layers of tables are for " + Tabular.NAME);
    }
    if (!learnsPhotos() && (photos.given() || freeze.given())) {
      throw new InvalidInputException(
          learns + "; size, augmentation, MixUp, pretrained weights and frozen epochs are for "
              + Architecture.Resnet.NAME_18 + " and " + Architecture.Resnet.NAME_34);
    }
    if (learnsPhotos() && (split.name().isPresent() || range.given())) {
      throw new InvalidInputException(
          learns + ", which are split by their folders train and valid, or by --valid and"
              + " --split-seed; omit --split and the range");
    }
    if (!ratings && !rows && !learnsPhotos() && (split.given() || range.given())) {
      throw new InvalidInputException(learns + "; range and split are for "
          + Architecture.Collab.NAME + " and " + Tabular.NAME);
    }
  }

  Training training(TrainingPlan plan, Path run, Console console) {
    return Training.of(plan, problem(console), run);
  }

  RateCurve findRate(Console console) {
    requireSearch();
    TrainingPlan plan = plan(false, OptionalInt.empty());
    return Training.findRate(plan, problem(console));
  }

  private Problem problem(Console console) {
    if (learnsTables()) {
      return Problem.of(table(console));
    }
    if (learnsPhotos()) {
      return Problem.of(PhotoOption.load(data, split, console), photos.options());
    }
    return learnsRatings()
        ? Problem.of(recommender.load(data, split, console))
        : Problem.of(images(console));
  }

  /** Refuses options that a search leaves alone: they would do nothing. */
  private void requireSearch() {
    if (recipe.givesCourse() || freeze.given()) {
      throw new InvalidInputException("lr-find tries rates of its own on the whole network, batch"
          + " after batch; omit --epochs, --lr, --one-cycle, --schedule, --freeze-epochs,"
          + " --freeze-lr and --frozen-norm");
    }
  }

  private boolean learnsRatings() {
    return model.equals(Architecture.Collab.NAME);
  }

  private boolean learnsPhotos() {
    return Architecture.Resnet.isNamed(model);
  }

  private boolean learnsTables() {
    return model.equals(Tabular.NAME);
  }

  private TableDataset table(Console console) {
    TableDataset rows = table.load(data, split, range.range(), console);
    RoleTable.print(rows, console.err());
    return rows;
  }

  private ImageDataset images(Console console) {
    return ImageDatasets.load(data, DataRoots.fromEnvironment(console.environment()));
  }
}
