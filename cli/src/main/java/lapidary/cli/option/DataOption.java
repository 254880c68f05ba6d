package lapidary.cli.option;

import java.util.Locale;
import lapidary.cli.console.Console;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.LabelledImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A data set named on the command line, and which part of it. */
public final class DataOption {
  /** A part of a data set. */
  public enum Split {
    train,
    test;

    public LabelledImages of(ImageDataset data) {
      return this == train ? data.train() : data.test();
    }

    /** What an image of this part is called, by its place: such as {@code test-00042}. */
    public String id(int index) {
      return String.format(Locale.ROOT, "%s-%05d", this, index);
    }
  }

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description = "A data set: see lapidary data list.")
  private @Nullable String data;

  @Option(
      names = "--split",
      defaultValue = "test",
      paramLabel = "PART",
      description = "train or test; default ${DEFAULT-VALUE}.")
  private Split split = Split.test;

  public boolean given() {
    return data != null;
  }

  public Split split() {
    return split;
  }

  public ImageDataset load(Console console) {
    if (data == null) {
      throw new InvalidInputException(
          "no data set named; give --data NAME or a path, see lapidary data list");
    }
    return ImageDatasets.load(data, DataRoots.fromEnvironment(console.environment()));
  }
}
