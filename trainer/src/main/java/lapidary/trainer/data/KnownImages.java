package lapidary.trainer.data;

import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;

/**
 * A published data set of images that Lapidary knows by name.
 *
 * @param name the name on the command line
 * @param licence the licence its publisher states
 * @param description what it shows, in one line
 * @param labels the names of its classes
 * @param train the training split's pin
 * @param test the test split's pin
 */
record KnownImages(
    String name, String licence, String description, Labels labels, Pin train, Pin test) {
  /**
   * What a split has to be.
   *
   * @param count number of images
   * @param sha256 as {@link IdxSplit#sha256}
   */
  record Pin(int count, String sha256) {}

  static final String FASHION_MNIST = "fashion-mnist";
  static final String MNIST = "mnist";
  static final String FASHION_MNIST_SAMPLE = "fashion-mnist-sample";

  private static final Labels ARTICLES = new Labels(List.of(
      "T-shirt/top",
      "Trouser",
      "Pullover",
      "Dress",
      "Coat",
      "Sandal",
      "Shirt",
      "Sneaker",
      "Bag",
      "Ankle boot"));

  /** Every known set, in the order in which they are listed. */
  static final List<KnownImages> ALL = List.of(
      new KnownImages(
          FASHION_MNIST,
          "MIT",
          "28×28 grey pictures of clothes (Xiao, Rasul, Vollgraf 2017)",
          ARTICLES,
          new Pin(60_000, "d9ef4273af5c2e360155dad0c06bd939447bf37a6620db007d69fc79e4732045"),
          new Pin(10_000, "30214f3fe91405cb8ea60b11ecf0914a65dd6a6ca8e13c13a62eb434f2d9fe56")),
      new KnownImages(
          FASHION_MNIST_SAMPLE,
          "MIT",
          "every 20th training and 10th test picture of each class of fashion-mnist",
          ARTICLES,
          new Pin(3_000, "519d8a8919e482e6fdcbf2c323e9efa667e8aca543c58db1bc5d13a786308368"),
          new Pin(1_000, "91d4fd17d672e7a943d9951bba6b1686187f58ab6584ea78d9c2a0a2e5d0429f")),
      new KnownImages(
          MNIST,
          "CC BY-SA 3.0",
          "28×28 grey handwritten digits (LeCun, Cortes, Burges 1998)",
          Labels.numbered(10),
          new Pin(60_000, "c5097fdd51cfdbe7695fd9df3612695696864b5c424f58d843ffdc5d335e9914"),
          new Pin(10_000, "18489308deedfe2f7bd3a11e599a597126f161d991b1ffcffb71642aa76f7f62")));

  static Optional<KnownImages> named(String name) {
    return ALL.stream().filter(set -> set.name.equals(name)).findFirst();
  }

  /** The known set whose bytes these are, wherever they were found. */
  static Optional<KnownImages> matching(IdxSplit train, IdxSplit test) {
    return ALL.stream()
        .filter(set -> set.train.sha256.equals(train.sha256()))
        .filter(set -> set.test.sha256.equals(test.sha256()))
        .findFirst();
  }

  /** Refuses bytes that are not the published ones. */
  void verify(IdxSplit train, IdxSplit test, String where) {
    verify(this.train, train, "training", where);
    verify(this.test, test, "test", where);
  }

  private void verify(Pin pin, IdxSplit split, String which, String where) {
    if (!pin.sha256.equals(split.sha256())) {
      throw new InvalidInputException(where + " is not the published " + name + ": its " + which
          + " images and labels, decompressed, have sha256 " + split.sha256() + ", wanted "
          + pin.sha256 + "; get the files again, or give the folder's path to use it as it is");
    }
  }
}
