package lapidary.cli.option;

import lapidary.cli.console.Console;
import lapidary.models.TrainingSplit;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.data.photos.PhotoSet;

/**
 * Photos by class in two parts.
 *
 * @param set the photos
 * @param byChance whether they came in one part, which was divided by chance
 */
public record DividedPhotos(PhotoDataset set, boolean byChance) {
  /**
   * Finds photos.
   *
   * @param split how photos in one part are divided
   * @throws lapidary.models.InvalidInputException if they are not photos by class
   */
  public static DividedPhotos load(String data, TrainingSplit.Random split, Console console) {
    PhotoDataset set = PhotoDatasets.load(
        data,
        DataRoots.fromEnvironment(console.environment()),
        new RandomSplit(split.share(), split.seed()));
    return new DividedPhotos(
        set, aboveClasses(set, set.train()).equals(aboveClasses(set, set.valid())));
  }

  /** How many photos there are in both parts. */
  public int count() {
    return set.train().count() + set.valid().count();
  }

  /** The folder that the class folders of a part lie in. */
  private static String aboveClasses(PhotoDataset set, PhotoSet part) {
    String path = "/" + part.path(0);
    return path.substring(0, path.indexOf("/" + set.labels().get(part.label(0)) + "/"));
  }
}
