package lapidary.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.examples.MixUp;
import lapidary.trainer.problem.PhotoOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What only networks for photos have: where they start from and how their photos are read. */
public final class PhotoOption {
  @Option(
      names = "--pretrained",
      paramLabel = "FILE",
      description =
          "resnet*: published weights to start from, .safetensors or .onnx with torchvision's names.")
  private @Nullable Path pretrained;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "resnet*: height and width of the photos; default 224.")
  private @Nullable Integer size;

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      description =
          "resnet*: what is changed at random: none, flip, default, or amounts such as flip,rotate=15,lighting=0.2;"
              + " default flip.")
  private @Nullable String augment;

  @Option(
      names = "--mixup",
      paramLabel = "ALPHA",
      description =
          "resnet*: blend the photos of a batch with each other, such as 0.2; default no.")
  private @Nullable Double mixUp;

  @Option(
      names = "--strict",
      description = "resnet*: end at a photo that cannot be read instead of skipping it.")
  private boolean strict;

  /** Whether anything of it was given. */
  public boolean given() {
    return pretrained != null || size != null || augment != null || mixUp != null || strict;
  }

  /** Whether the network starts from published weights. */
  public boolean startsFromWeights() {
    return pretrained != null;
  }

  public PhotoOptions options() {
    return new PhotoOptions(
        size == null ? PhotoOptions.DEFAULT.size() : size,
        augment == null ? PhotoOptions.DEFAULT.augmentation() : Augmentation.of(augment),
        Optional.ofNullable(pretrained),
        LoaderOptions.standard().withStrict(strict),
        Optional.ofNullable(mixUp).map(MixUp::new));
  }

  public static PhotoDataset load(String data, SplitOption split, Console console) {
    return PhotoDatasets.load(
        data,
        DataRoots.fromEnvironment(console.environment()),
        new RandomSplit(split.share(), split.seed()));
  }
}
