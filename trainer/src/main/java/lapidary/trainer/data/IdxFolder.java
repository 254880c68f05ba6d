package lapidary.trainer.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;

/** The four idx files of a folder, under the names that MNIST's publisher gave them, gzipped or not. */
record IdxFolder(Path folder) {
  /** Whether the training images are there: enough to take the folder for a data set. */
  boolean holdsData() {
    return find("train-images", "idx3-ubyte").isPresent();
  }

  /** Reads {@code train} or {@code t10k}. */
  IdxSplit read(String split) {
    Path images = require(split + "-images", "idx3-ubyte");
    Path labels = require(split + "-labels", "idx1-ubyte");
    return IdxSplit.of(IdxFile.images(images), IdxFile.labels(labels), images + " and " + labels);
  }

  private Path require(String name, String kind) {
    return find(name, kind)
        .orElseThrow(() -> new InvalidInputException(folder + " has no file " + name + "-" + kind
            + " or " + name + "-" + kind + ".gz; a data set of images needs"
            + " {train,t10k}-{images-idx3,labels-idx1}-ubyte, gzipped or not"));
  }

  /** Some copies of the files are named {@code train-images.idx3-ubyte}, as the publisher's once were. */
  private Optional<Path> find(String name, String kind) {
    return Stream.of("-", ".")
        .flatMap(dash -> List.of(name + dash + kind, name + dash + kind + ".gz").stream())
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
