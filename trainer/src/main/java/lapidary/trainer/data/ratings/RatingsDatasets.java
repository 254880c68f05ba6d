package lapidary.trainer.data.ratings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.Listing;

/**
 * Finds and reads ratings: a CSV file's path, a path of a folder with MovieLens 100k's files, or one of the names
 * {@code movielens-100k} and {@code ratings-sample}. Stateless.
 */
public final class RatingsDatasets {
  private static final List<String> NAMES = List.of(MovieLens100k.NAME, RatingsSample.NAME);

  private RatingsDatasets() {}

  /** The known ratings and where they are on this machine. Nothing is read. */
  public static List<Listing> list(DataRoots roots) {
    return List.of(
        new Listing(
            MovieLens100k.NAME,
            find(roots).map(data -> data.folder().toString()),
            MovieLens100k.LICENCE,
            "100,000 ratings of 1,682 films by 943 users (Harper, Konstan 2015)"),
        new Listing(
            RatingsSample.NAME,
            Optional.of("embedded"),
            RatingsSample.LICENCE,
            "9,600 ratings of 160 invented films, generated from known factors by a fixed seed"));
  }

  /**
   * Reads ratings into memory.
   *
   * @param nameOrPath a known name, a CSV file's path, or a folder's path
   * @param columns the columns of a CSV file; not used for the known names
   * @throws InvalidInputException if the name is unknown or a file is damaged; the message names the line
   * @throws EnvironmentException if the name is known but the data is not on this machine
   */
  public static RatingsDataset load(
      String nameOrPath, RatingColumns columns, RatingSplit split, DataRoots roots) {
    Optional<Path> path = DataRoots.existing(nameOrPath);
    boolean known = NAMES.contains(nameOrPath);
    if (path.isPresent() && Files.isRegularFile(path.get()) && !known) {
      return new RatingsCsv(path.get(), columns).read(split);
    }
    if (path.isPresent() && (!known || new MovieLens100k(path.get(), false).holdsData())) {
      return new MovieLens100k(path.get(), false).read(split);
    }
    return named(nameOrPath, split, roots);
  }

  private static RatingsDataset named(String name, RatingSplit split, DataRoots roots) {
    return switch (name) {
      case MovieLens100k.NAME -> find(roots).orElseThrow(() -> missing(roots)).read(split);
      case RatingsSample.NAME -> sample(split);
      default -> throw NearestName.unknown("ratings", name, NAMES);
    };
  }

  private static RatingsDataset sample(RatingSplit split) {
    if (split instanceof RatingSplit.ByChance chance) {
      return RatingsSample.generate().split(chance.part());
    }
    throw new InvalidInputException(
        RatingsSample.NAME + " has no published split; leave --split out");
  }

  private static Optional<MovieLens100k> find(DataRoots roots) {
    return roots.candidates(MovieLens100k.NAME).stream()
        .map(folder -> new MovieLens100k(folder, true))
        .filter(MovieLens100k::holdsData)
        .findFirst();
  }

  private static EnvironmentException missing(DataRoots roots) {
    return new EnvironmentException(
        MovieLens100k.NAME + " is not on this machine" + roots.lookedIn(MovieLens100k.NAME)
            + "; set " + DataRoots.VARIABLE + " to the folder that holds " + MovieLens100k.NAME
            + "/, or use " + RatingsSample.NAME + ", which is embedded");
  }
}
