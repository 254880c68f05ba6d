package lapidary.trainer.data.photos;

import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/**
 * A published set of photos that Lapidary knows by name.
 *
 * @param name the name on the command line
 * @param licence the licence its publisher states
 * @param description what it shows, in one line
 * @param sha256 as {@link PhotoDataset#source} has it
 */
record KnownPhotos(String name, String licence, String description, String sha256) {
  /** Every known set, in the order in which they are listed. */
  static final List<KnownPhotos> ALL = List.of(
      new KnownPhotos(
          "caltech101-12",
          "CC BY 4.0",
          "665 + 180 photos of 12 classes of Caltech-101 (Li, Andreetto, Ranzato, Perona 2003)",
          "29338a65b53d935a9ca6d683563158ca8bfb5509159b70a02a8c0c3c4ac4cb0d"),
      new KnownPhotos(
          "cats-dogs",
          "the rules of Kaggle's competition, no open licence",
          "1,200 + 400 photos of cats and dogs (Elson, Douceur, Howell, Saul 2007)",
          "9fb2fe28d66f39b8f747c0b2e4561570b0f465b741c93f52e6b80cc241d278ef"),
      new KnownPhotos(
          "imagenette-10",
          "non-commercial research and education",
          "800 + 300 photos of ten easy classes of ImageNet (Howard 2019)",
          "d8baa4546003170e3cc117f2f8804548a14f2953af6b482f0612c5ed9c67ce19"));

  static Optional<KnownPhotos> named(String name) {
    return ALL.stream().filter(set -> set.name.equals(name)).findFirst();
  }

  /** The known set whose photos these are, wherever they were found. */
  static Optional<KnownPhotos> matching(String sha256) {
    return ALL.stream().filter(set -> set.sha256.equals(sha256)).findFirst();
  }

  /** Refuses photos that are not the published ones. */
  void verify(String found, String where) {
    if (!sha256.equals(found)) {
      throw new InvalidInputException(where + " is not the published " + name
          + ": its photos have the digest " + found + ", wanted " + sha256
          + "; get the file again, or give its path to use it as it is");
    }
  }
}
