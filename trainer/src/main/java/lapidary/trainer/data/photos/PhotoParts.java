package lapidary.trainer.data.photos;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.TrainingSplit;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.Shuffle;

/**
 * The two parts of a set of photos.
 *
 * @param labels the classes
 * @param train photos to train on
 * @param valid photos to measure on
 * @param division what made them; empty if the photos come in two parts
 */
record PhotoParts(Labels labels, PhotoSet train, PhotoSet valid, Optional<TrainingSplit> division) {
  static PhotoParts of(PhotoFiles files, PhotoTree tree, RandomSplit split) {
    Labels labels = new Labels(List.copyOf(tree.train().keySet()));
    if (tree.valid().isPresent()) {
      return new PhotoParts(
          labels,
          set(files, tree.train(), labels),
          set(files, tree.valid().get(), labels),
          Optional.empty());
    }
    requireSplittable(files.where(), tree.train());
    SortedMap<String, List<String>> train = new TreeMap<>();
    SortedMap<String, List<String>> valid = new TreeMap<>();
    tree.train().forEach((label, paths) -> {
      List<String> shuffled = shuffled(paths, split.seed(), label);
      int kept = kept(paths.size(), split.share());
      valid.put(label, shuffled.subList(0, kept));
      train.put(label, shuffled.subList(kept, paths.size()));
    });
    return new PhotoParts(
        labels, set(files, train, labels), set(files, valid, labels), Optional.of(split.told()));
  }

  private static void requireSplittable(String where, SortedMap<String, List<String>> classes) {
    if (classes.values().stream().allMatch(photos -> photos.size() == 1)) {
      throw new InvalidInputException(where + " has one photo of each class, "
          + String.join(", ", classes.keySet())
          + ", so that none is left to measure on; add photos, or a part valid/CLASS/* beside"
          + " train/CLASS/*");
    }
  }

  PhotoDataset named(DataSource source) {
    return new PhotoDataset(source, labels, train, valid, division);
  }

  /** At least one photo to measure on, and at least one to train on. */
  private static int kept(int photos, double share) {
    return Math.min(photos - 1, Math.max(1, (int) Math.round(photos * share)));
  }

  /** Each class by itself, so that photos added to one class leave the others' split as it was. */
  private static List<String> shuffled(List<String> paths, long seed, String label) {
    SplittableRandom random = new SplittableRandom(seed * 31 + label.hashCode());
    return Arrays.stream(Shuffle.of(paths.size(), random)).mapToObj(paths::get).toList();
  }

  private static PhotoSet set(
      PhotoFiles files, SortedMap<String, List<String>> classes, Labels labels) {
    SortedMap<String, Integer> byPath = new TreeMap<>();
    classes.forEach(
        (label, paths) -> paths.forEach(path -> byPath.put(path, labels.names().indexOf(label))));
    return new PhotoSet(
        files,
        List.copyOf(byPath.keySet()),
        byPath.values().stream().mapToInt(Integer::intValue).toArray());
  }
}
