package lapidary.cli.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lapidary.cli.option.TrainedData;
import lapidary.models.NearestName;
import lapidary.models.TrainingSplit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows of a data set are scored, and how it is divided. */
final class PartOption {
  private static final String RANDOM = "random";

  /** A part of a data set. */
  enum Part {
    /** What was held out of training. */
    valid,
    /** What is trained on. */
    train,
    /** Everything. */
    all;

    static Optional<Part> named(String name) {
      return name.equals("test")
          ? Optional.of(valid)
          : Arrays.stream(values()).filter(part -> part.name().equals(name)).findFirst();
    }
  }

  @Option(
      names = "--split",
      paramLabel = "PART",
      description =
          "valid or test, the rows held out of training; train; or all. Of ratings also a division: the publisher's own, such"
              + " as u1 of movielens-100k, or random. Default: of data that the model was trained on what was held out, of"
              + " other data all.")
  private @Nullable String split;

  @Option(
      names = "--valid",
      paramLabel = "SHARE",
      description = "The share held out at random; default as the file says, else 0.2.")
  private @Nullable Double valid;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "The seed that held rows out; default as the file says, else 42.")
  private @Nullable Long seed;

  /** Whether a share or a seed was given. */
  boolean givenByChance() {
    return valid != null || seed != null;
  }

  Optional<String> name() {
    return Optional.ofNullable(split);
  }

  /** Whether a division by chance is named. */
  boolean isRandom() {
    return RANDOM.equals(split);
  }

  /** The part that is named; empty if none is. */
  Optional<Part> part(String what) {
    return name()
        .map(name -> Part.named(name)
            .orElseThrow(() -> NearestName.unknown(
                "part of " + what, name, List.of("valid", "test", "train", "all"))));
  }

  /** The division by chance: as given, else as the file tells, else train's default. */
  TrainingSplit.Random chance(TrainedData trained) {
    TrainingSplit.Random usual = trained.chance();
    return new TrainingSplit.Random(
        valid == null ? usual.share() : valid, seed == null ? usual.seed() : seed);
  }

  static String text(TrainingSplit.Random split) {
    return RANDOM + " " + split.share() + ", seed " + split.seed();
  }
}
