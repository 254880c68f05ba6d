package lapidary.cli.option;

import lapidary.cli.console.Console;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoDatasets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Rows that are set aside at random to measure on. */
public final class ChanceOption {
  /** What train sets aside without being asked otherwise. */
  static final RandomSplit USUAL = new RandomSplit(0.2, 42);

  @Option(
      names = "--valid",
      paramLabel = "SHARE",
      description = "The share of rows set aside at random; default 0.2.")
  private @Nullable Double valid;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "The seed that sets rows aside; default 42.")
  private @Nullable Long splitSeed;

  /** Whether anything of it was given. */
  public boolean given() {
    return valid != null || splitSeed != null;
  }

  public RandomSplit split() {
    return new RandomSplit(
        valid == null ? USUAL.share() : valid, splitSeed == null ? USUAL.seed() : splitSeed);
  }

  /** Photos, those that do not come in two parts split so. */
  public PhotoDataset photos(String data, Console console) {
    return PhotoDatasets.load(data, DataRoots.fromEnvironment(console.environment()), split());
  }
}
