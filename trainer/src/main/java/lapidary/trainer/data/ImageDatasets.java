package lapidary.trainer.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import lapidary.models.DataSource;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.NearestName;

/**
 * Finds and reads data sets of images. A name is a path of a folder with the four idx files; or a name looked for in
 * {@link DataRoots}. The published sets are checked against pinned digests, except where a path was given: then bytes that
 * happen to be a published set's get its name, labels and licence, and any others are numbered classes of unknown licence.
 * Stateless.
 */
public final class ImageDatasets {
  private static final String EMBEDDED = "embedded";

  private ImageDatasets() {}

  /** The known data sets and where they are on this machine. Nothing is read. */
  public static List<Listing> list(DataRoots roots) {
    return KnownImages.ALL.stream()
        .map(set -> new Listing(
            set.name(),
            found(set, roots),
            set.licence(),
            set.description(),
            OptionalInt.of(set.train().count()),
            OptionalInt.of(set.test().count())))
        .toList();
  }

  /**
   * Reads a data set into memory.
   *
   * @param nameOrPath a known name, a folder's name under a root, or a folder's path
   * @throws InvalidInputException if the name is unknown or the files are damaged
   * @throws EnvironmentException if the name is known but the data is not on this machine
   */
  public static ImageDataset load(String nameOrPath, DataRoots roots) {
    Optional<KnownImages> known = KnownImages.named(nameOrPath);
    Optional<Path> path = DataRoots.existing(nameOrPath);
    if (path.isPresent() && (known.isEmpty() || new IdxFolder(path.get()).holdsData())) {
      return fromPath(path.get());
    }
    if (known.isPresent()) {
      return fromName(known.get(), roots);
    }
    Path found = firstHolding(nameOrPath, roots)
        .orElseThrow(() -> NearestName.unknown("data set", nameOrPath, names()));
    return fromPath(found);
  }

  private static ImageDataset fromPath(Path folder) {
    IdxFolder files = new IdxFolder(folder);
    IdxSplit train = files.read("train");
    IdxSplit test = files.read("t10k");
    return KnownImages.matching(train, test)
        .map(set -> dataset(set, train, test))
        .orElseGet(() -> unknown(folder, train, test));
  }

  private static ImageDataset fromName(KnownImages set, DataRoots roots) {
    if (isEmbedded(set)) {
      return verified(set, resource(set, "train"), resource(set, "t10k"), "the embedded sample");
    }
    Path folder = firstHolding(set.name(), roots).orElseThrow(() -> missing(set.name(), roots));
    IdxFolder files = new IdxFolder(folder);
    return verified(set, files.read("train"), files.read("t10k"), folder.toString());
  }

  private static ImageDataset verified(
      KnownImages set, IdxSplit train, IdxSplit test, String where) {
    set.verify(train, test, where);
    return dataset(set, train, test);
  }

  private static ImageDataset dataset(KnownImages set, IdxSplit train, IdxSplit test) {
    DataSource source = new DataSource(set.name(), train.sha256(), set.licence());
    return new ImageDataset(source, set.labels(), train.images(), test.images());
  }

  private static ImageDataset unknown(Path folder, IdxSplit train, IdxSplit test) {
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    int classes = Math.max(train.images().classesSeen(), test.images().classesSeen());
    return new ImageDataset(
        new DataSource(name, train.sha256(), "unknown"),
        Labels.numbered(classes),
        train.images(),
        test.images());
  }

  private static IdxSplit resource(KnownImages set, String split) {
    String folder = set.name() + "/";
    return IdxSplit.of(
        resource(folder + split + "-images-idx3-ubyte.gz", 3),
        resource(folder + split + "-labels-idx1-ubyte.gz", 1),
        "the embedded sample's files");
  }

  private static IdxFile resource(String name, int rank) {
    try (InputStream in = ImageDatasets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the trainer's jar lacks " + name);
      }
      byte[] bytes = in.readAllBytes();
      return IdxFile.read(new ByteArrayInputStream(bytes), bytes.length, name, rank);
    } catch (IOException e) {
      throw new IllegalStateException("the trainer's jar cannot be read at " + name, e);
    }
  }

  private static Optional<String> found(KnownImages set, DataRoots roots) {
    return isEmbedded(set)
        ? Optional.of(EMBEDDED)
        : firstHolding(set.name(), roots).map(Path::toString);
  }

  private static boolean isEmbedded(KnownImages set) {
    return set.name().equals(KnownImages.FASHION_MNIST_SAMPLE);
  }

  private static Optional<Path> firstHolding(String name, DataRoots roots) {
    return roots.candidates(name).stream()
        .filter(folder -> new IdxFolder(folder).holdsData())
        .findFirst();
  }

  private static EnvironmentException missing(String name, DataRoots roots) {
    String install =
        roots.packaged().containsKey(name) ? "install Debian's dataset-" + name + ", " : "";
    return new EnvironmentException(
        name + " is not on this machine" + roots.lookedIn(name) + "; " + install
            + "set " + DataRoots.VARIABLE + " to the folder that holds " + name + "/, or use "
            + KnownImages.FASHION_MNIST_SAMPLE + ", which is embedded");
  }

  private static List<String> names() {
    return KnownImages.ALL.stream().map(KnownImages::name).toList();
  }
}
