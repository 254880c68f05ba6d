package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.search.movies.RatedFilms;

/**
 * What a service serves; of nothing at all its page tells how to get something.
 *
 * @param collections folders of collections
 * @param home a folder of such folders, in which others are made and dropped
 * @param models files by name
 * @param repository a folder of models that is watched
 * @param films a recommender
 */
public record Content(
    List<Path> collections,
    Optional<Path> home,
    List<NamedFile> models,
    Optional<Path> repository,
    Optional<Films> films) {
  /**
   * A recommender.
   *
   * @param items its item file
   * @param ratings its rating file, if known users are recommended to
   * @param rated what users have rated, so that it is left out
   */
  public record Films(Path items, Optional<Path> ratings, RatedFilms rated) {}

  /** Copies the lists. */
  public Content {
    collections = List.copyOf(collections);
    models = List.copyOf(models);
  }

  /** One collection. */
  public static Content collection(Path folder) {
    return new Content(
        List.of(folder), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }

  /** A folder of collections, in which others are made and dropped. */
  public static Content home(Path folder) {
    return new Content(
        List.of(), Optional.of(folder), List.of(), Optional.empty(), Optional.empty());
  }
}
