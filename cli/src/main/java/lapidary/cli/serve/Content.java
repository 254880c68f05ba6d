package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/**
 * What a service serves; of nothing at all its page tells how to get something.
 *
 * @param collections folders of collections
 * @param home a folder of such folders, in which others are made and dropped
 * @param models files by name
 * @param repository a folder of models that is watched
 * @param items the item file of a recommender
 * @param ratings the rating file of the same recommender
 */
public record Content(
    List<Path> collections,
    Optional<Path> home,
    List<NamedFile> models,
    Optional<Path> repository,
    Optional<Path> items,
    Optional<Path> ratings) {
  /** Refuses a rating file without its items. */
  public Content {
    collections = List.copyOf(collections);
    models = List.copyOf(models);
    if (items.isEmpty() && ratings.isPresent()) {
      throw new InvalidInputException(
          "--ratings recommends among the movies of --items; give that file too");
    }
  }

  /** One collection. */
  public static Content collection(Path folder) {
    return new Content(
        List.of(folder),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A folder of collections, in which others are made and dropped. */
  public static Content home(Path folder) {
    return new Content(
        List.of(),
        Optional.of(folder),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
