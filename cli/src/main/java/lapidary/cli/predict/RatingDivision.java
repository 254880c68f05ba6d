package lapidary.cli.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import lapidary.cli.option.RatingsOption;
import lapidary.cli.option.TrainedData;
import lapidary.cli.predict.PartOption.Part;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.models.TrainingSplit;
import lapidary.runtime.Model;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.ratings.RatingsDatasets;

/**
 * Ratings divided as is asked for, else as they were when the model was trained.
 *
 * @param set the ratings
 * @param split how they are divided
 * @param part which part is scored
 */
record RatingDivision(RatingsDataset set, TrainingSplit split, Part part) {
  private static final String BASE = ".base";

  static RatingDivision of(
      Model model, String data, PartOption option, RatingsOption columns, Console console) {
    TrainedData trained = TrainedData.of(model);
    boolean asked = option.givenByChance() || asksForDivision(option);
    TrainingSplit split = split(trained, data, option, console);
    RatingsDataset set = columns.load(data, loaded(split), console);
    Part part = option
        .name()
        .flatMap(Part::named)
        .orElse(asked || trained.knows(set.source()) ? Part.valid : Part.all);
    if (part != Part.valid) {
      trained.warnOfTraining(set.source(), console);
    } else if (split instanceof TrainingSplit.Published) {
      // The digest is that of the division's training ratings.
      trained.warnOfNamesake(set.source(), console);
    } else {
      trained.warnUnlessHeldOut(set.source(), split, asked, console);
    }
    return new RatingDivision(set, split, part);
  }

  /** Whether a division is named, and no part of one. */
  private static boolean asksForDivision(PartOption option) {
    return option.name().filter(name -> Part.named(name).isEmpty()).isPresent();
  }

  private static TrainingSplit split(
      TrainedData trained, String data, PartOption option, Console console) {
    if (asksForDivision(option) && !option.isRandom()) {
      if (option.givenByChance()) {
        throw new InvalidInputException(
            "--split and --valid or --split-seed contradict each other; give one of them");
      }
      return new TrainingSplit.Published(option.name().orElseThrow());
    }
    if (!option.givenByChance() && !option.isRandom()) {
      Optional<TrainingSplit> published = published(trained, data, console);
      if (published.isPresent()) {
        return published.get();
      }
    }
    return option.chance(trained);
  }

  /** The publisher's division whose training ratings the model was trained on, if the data has such a one. */
  private static Optional<TrainingSplit> published(
      TrainedData trained, String data, Console console) {
    Optional<Path> folder = folder(data, console);
    if (folder.isEmpty() || trained.source().isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(BASE) && Sha256.of(file).equals(trained.source().get().sha256())) {
          return Optional.of(
              new TrainingSplit.Published(name.substring(0, name.length() - BASE.length())));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailure.reading(folder.get().toString(), e, "check its permissions");
    }
  }

  private static Optional<Path> folder(String data, Console console) {
    DataRoots roots = DataRoots.fromEnvironment(console.environment());
    return DataRoots.existing(data)
        .or(() -> RatingsDatasets.list(roots).stream()
            .filter(known -> known.name().equals(data))
            .flatMap(known -> known.found().stream())
            .map(Path::of)
            .findFirst())
        .filter(Files::isDirectory);
  }

  private static RatingSplit loaded(TrainingSplit split) {
    if (split instanceof TrainingSplit.Published published) {
      return new RatingSplit.Published(published.name());
    }
    return new RatingSplit.ByChance(RandomSplit.of((TrainingSplit.Random) split));
  }

  /** What is scored, in words. */
  String text() {
    String division = split instanceof TrainingSplit.Published published
        ? published.name()
        : PartOption.text((TrainingSplit.Random) split);
    return switch (part) {
      case valid -> division;
      case train -> division + ", train";
      case all -> "all";
    };
  }
}
