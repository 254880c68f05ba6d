package lapidary.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lapidary.cli.console.Console;
import lapidary.cli.option.ChanceOption;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.examples.MixUp;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.PhotoModel;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.problem.PhotoOptions;
import lapidary.trainer.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Models of photos: where they start from, and how their photos are read. */
final class PhotoFamily implements Family {
  @Mixin
  private final ChanceOption chance = new ChanceOption();

  @Option(
      names = "--pretrained",
      paramLabel = "FILE",
      description =
          "Published weights to start from, .safetensors or .onnx with torchvision's names; default fresh ones.")
  private @Nullable Path pretrained;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Height and width of the photos; default 224.")
  private @Nullable Integer size;

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      description =
          "What is changed at random: none, flip, default, or amounts such as flip,rotate=15,lighting=0.2;"
              + " default flip.")
  private @Nullable String augment;

  @Option(
      names = "--mixup",
      paramLabel = "ALPHA",
      description = "Blend the photos of a batch with each other, such as 0.2; default no.")
  private @Nullable Double mixUp;

  @Option(
      names = "--strict",
      description = "End at a photo that cannot be read instead of skipping it.")
  private boolean strict;

  private final FreezeOption freeze = new FreezeOption();
  private final PhotoModel model;

  PhotoFamily(PhotoModel model) {
    this.model = model;
  }

  @Override
  public List<CommandSpec> trainingOptions() {
    return List.of(CommandSpec.forAnnotatedObject(freeze));
  }

  @Override
  public ModelChoice sized(ModelChoice start) {
    return start;
  }

  @Override
  public Recipe recipe(Recipe documented) {
    return pretrained == null ? model.freshRecipe() : documented;
  }

  @Override
  public Recipe withPhases(Recipe recipe) {
    return freeze.applyTo(recipe);
  }

  @Override
  public Problem problem(String data, Console console) {
    PhotoOptions usual = PhotoOptions.DEFAULT;
    PhotoOptions options = new PhotoOptions(
        size == null ? usual.size() : size,
        augment == null ? usual.augmentation() : Augmentation.of(augment),
        Optional.ofNullable(pretrained),
        LoaderOptions.standard().withStrict(strict),
        Optional.ofNullable(mixUp).map(MixUp::new));
    return Problem.of(chance.photos(data, console), options);
  }

  /** Fresh weights are trained otherwise than published ones. */
  @Override
  public Map<String, String> defaults(TrainingPlan plan) {
    Map<String, String> defaults = new TreeMap<>(plan.hyperParameters());
    plan.withRecipe(model.freshRecipe())
        .hyperParameters()
        .forEach((name, fresh) -> defaults.computeIfPresent(
            name,
            (same, tuned) ->
                tuned.equals(fresh) ? tuned : tuned + " with --pretrained, else " + fresh));
    return defaults;
  }

  @Override
  public String data() {
    return "--data photos.zip --size 128";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--data photos.zip --pretrained resnet.safetensors --size 128 --freeze-epochs 3 --epochs 2"
            + " --out runs/photos",
        "--data photos.zip --size 64 --epochs 10 --out runs/fresh");
  }
}
