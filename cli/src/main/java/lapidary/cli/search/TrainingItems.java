package lapidary.cli.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import lapidary.cli.option.TrainedData;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Embedder;
import lapidary.search.embed.Embedded;
import lapidary.search.store.Item;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.data.photos.PhotoSet;

/**
 * How many of the items that are embedded the model was trained on: by their activations they are told apart better than others.
 *
 * @param count so many
 * @param all of so many
 * @param certain whether the file says it; otherwise they are those of train's default division
 */
record TrainingItems(int count, int all, boolean certain) {
  private static final Set<String> PARTS = Set.of("train", "valid", "val", "test");

  /** What JSON has of it. */
  @JsonValue
  int value() {
    return count;
  }

  /** Empty if none of them is known to be. */
  static Optional<TrainingItems> of(
      Embedder embedder, Embedded embedded, ImagesOption images, Console console) {
    TrainedData trained = TrainedData.of(embedder.model());
    int all = embedded.items().size();
    if (images.namesData()) {
      return images.namesTraining() && trained.is(embedded.source())
          ? Optional.of(new TrainingItems(all, all, true))
          : Optional.empty();
    }
    return images.files().stream()
        .flatMap(TrainingItems::places)
        .distinct()
        .flatMap(place -> photos(place, trained, console).stream())
        .map(photos -> counted(photos, trained, embedded.items(), images.files()))
        .filter(found -> found.count > 0)
        .findFirst();
  }

  /** A folder named for a part may belong to what was trained on as well as be it. */
  private static Stream<Path> places(Path input) {
    Path path = input.toAbsolutePath().normalize();
    Path name = path.getFileName();
    return name != null && PARTS.contains(name.toString()) && path.getParent() != null
        ? Stream.of(path, path.getParent())
        : Stream.of(path);
  }

  private static Optional<PhotoDataset> photos(Path place, TrainedData trained, Console console) {
    try {
      return Optional.of(PhotoDatasets.load(
              place.toString(),
              DataRoots.fromEnvironment(console.environment()),
              RandomSplit.of(trained.chance())))
          .filter(photos -> trained.is(photos.source()));
    } catch (InvalidInputException | EnvironmentException e) {
      // Pictures that are not arranged by class were not trained on as they are.
      return Optional.empty();
    }
  }

  private static TrainingItems counted(
      PhotoDataset photos, TrainedData trained, List<Item> items, List<Path> inputs) {
    PhotoSet part = photos.train();
    Set<Path> names = new HashSet<>();
    IntStream.range(0, part.count()).forEach(row -> names.add(Path.of(part.name(row))));
    int count = (int) items.stream()
        .filter(item -> inputs.stream().map(input -> file(input, item)).anyMatch(names::contains))
        .count();
    return new TrainingItems(
        count, items.size(), photos.division().isEmpty() || trained.split().isPresent());
  }

  /** Where an item's photo lies, if it came from this input. */
  private static Path file(Path input, Item item) {
    Path whole = input.toAbsolutePath().normalize();
    return whole.endsWith(item.id()) ? whole : whole.resolve(item.id());
  }

  /** What stands beside a score of the items. */
  String text() {
    return String.format(
        Locale.ROOT,
        "; the model was trained on %s%,d of these %,d, so that this flatters",
        certain ? "" : "about ",
        count,
        all);
  }
}
