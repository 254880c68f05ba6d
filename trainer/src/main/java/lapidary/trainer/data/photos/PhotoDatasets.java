package lapidary.trainer.data.photos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.DataSource;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.Listing;
import lapidary.trainer.data.RandomSplit;

/**
 * Finds photos by class: the path of a folder or zip file, or a name looked for as {@code photos/NAME.zip} or the folder {@code
 * photos/NAME} under {@link DataRoots}. The arrangement is {@code train/CLASS/*} beside {@code valid/CLASS/*} (or {@code val},
 * or {@code test}), or {@code CLASS/*}, which is split. Known sets are checked against a pinned digest, except where a path was
 * given. Every photo is read once, for the digest; none is kept in memory. Stateless.
 */
public final class PhotoDatasets {
  private static final String FOLDER = "photos";

  private PhotoDatasets() {}

  /** The known sets and where they are on this machine. Nothing is read. */
  public static List<Listing> list(DataRoots roots) {
    return KnownPhotos.ALL.stream()
        .map(set -> new Listing(
            set.name(),
            find(set.name(), roots).map(Path::toString),
            set.licence(),
            set.description()))
        .toList();
  }

  /**
   * Finds the photos of a set and reads each once, for the digest.
   *
   * @param nameOrPath a known name, a name under a root, or the path of a folder or zip file
   * @param split how photos in one part are split
   * @throws InvalidInputException if the name is unknown, or there are no photos of two classes, or none to measure on
   * @throws EnvironmentException if the name is known but the photos are not on this machine
   */
  public static PhotoDataset load(String nameOrPath, DataRoots roots, RandomSplit split) {
    Optional<Path> path = DataRoots.existing(nameOrPath);
    if (path.isPresent()) {
      return dataset(path.get(), split);
    }
    Optional<KnownPhotos> known = KnownPhotos.named(nameOrPath);
    Optional<Path> found = find(nameOrPath, roots);
    if (known.isEmpty()) {
      return dataset(
          found.orElseThrow(() -> NearestName.unknown("set of photos", nameOrPath, names())),
          split);
    }
    Path place = found.orElseThrow(() -> missing(nameOrPath, roots));
    PhotoDataset dataset = dataset(place, split);
    known.get().verify(dataset.source().sha256(), place.toString());
    return dataset;
  }

  /**
   * Finds the photos of a folder or zip file and reads each once, for the digest.
   *
   * @param split how photos in one part are split
   * @throws InvalidInputException if there is no such place, or there are no photos of two classes, or none to measure on
   */
  public static PhotoDataset load(Path place, RandomSplit split) {
    if (!Files.exists(place)) {
      throw new InvalidInputException(
          place + " is not there; give a folder or zip file of photos by class");
    }
    return dataset(place, split);
  }

  private static PhotoDataset dataset(Path place, RandomSplit split) {
    PhotoFiles files = files(place);
    PhotoTree tree = PhotoTree.of(files).requireClasses(files.where());
    PhotoDigest digest = PhotoDigest.of(files, tree.all());
    return PhotoParts.of(files, tree, split).named(source(place, digest.sha256()));
  }

  private static DataSource source(Path place, String sha256) {
    return KnownPhotos.matching(sha256)
        .map(set -> new DataSource(set.name(), sha256, set.licence()))
        .orElseGet(() -> new DataSource(
            place.toAbsolutePath().normalize().getFileName().toString(), sha256, "unknown"));
  }

  private static PhotoFiles files(Path place) {
    return Files.isDirectory(place) ? new PhotoFolder(place) : new PhotoZip(place);
  }

  private static Optional<Path> find(String name, DataRoots roots) {
    return roots.candidates(FOLDER).stream()
        .flatMap(folder -> Stream.of(folder.resolve(name + ".zip"), folder.resolve(name)))
        .filter(Files::exists)
        .findFirst();
  }

  private static EnvironmentException missing(String name, DataRoots roots) {
    return new EnvironmentException(
        name + " is not on this machine" + roots.lookedIn(FOLDER) + "; set " + DataRoots.VARIABLE
            + " to the folder that holds " + FOLDER + "/" + name + ".zip");
  }

  private static List<String> names() {
    return KnownPhotos.ALL.stream().map(KnownPhotos::name).toList();
  }
}
