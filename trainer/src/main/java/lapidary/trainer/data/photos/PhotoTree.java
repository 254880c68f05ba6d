package lapidary.trainer.data.photos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;

/**
 * The arrangement of a folder or zip file of photos: {@code CLASS/…} or {@code train/CLASS/…} beside {@code valid/CLASS/…}
 * ({@code val} or, without either, {@code test}); one folder around it all is looked through. Files that are not pictures, by
 * their ending, and hidden ones are left out, and so is what lies beside {@code train} and the part it is measured on.
 *
 * @param train class → paths, both sorted
 * @param valid the same, if there is such a part
 */
record PhotoTree(
    SortedMap<String, List<String>> train, Optional<SortedMap<String, List<String>>> valid) {
  private static final String TRAIN = "train";
  private static final List<String> VALID = List.of("valid", "val", "test");
  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp");

  /** @throws InvalidInputException if there is no photo, a class without any, or a photo without a class */
  static PhotoTree of(PhotoFiles files) {
    List<String> names = files.list();
    if (names.stream().noneMatch(PhotoTree::isPhoto)) {
      throw new InvalidInputException(files.where()
          + " holds no photo; give a folder or zip file of train/CLASS/*.jpg and valid/CLASS/*.jpg,"
          + " or of CLASS/*.jpg");
    }
    return new Arrangement(files.where(), names).tree();
  }

  private static boolean isPhoto(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /**
   * The names of a place that holds photos.
   *
   * @param where the place
   * @param names files, and folders ending in {@code /}
   */
  private record Arrangement(String where, List<String> names) {
    PhotoTree tree() {
      String root = around();
      if (!holds(root + TRAIN + "/")) {
        return new PhotoTree(classes(root), Optional.empty());
      }
      return new PhotoTree(
          classes(root + TRAIN + "/"),
          VALID.stream()
              .map(part -> root + part + "/")
              .filter(this::holds)
              .findFirst()
              .map(this::classes));
    }

    /** The one folder around everything, or nothing. */
    private String around() {
      List<String> photos = names.stream().filter(PhotoTree::isPhoto).toList();
      String first = photos.get(0).substring(0, photos.get(0).indexOf('/') + 1);
      boolean around = !first.isEmpty()
          && !first.equals(TRAIN + "/")
          && photos.stream()
              .allMatch(name -> name.startsWith(first) && name.indexOf('/', first.length()) > 0);
      return around ? first : "";
    }

    private boolean holds(String folder) {
      return names.stream().anyMatch(name -> name.startsWith(folder));
    }

    private SortedMap<String, List<String>> classes(String part) {
      SortedMap<String, List<String>> classes = new TreeMap<>();
      for (String name : names) {
        if (name.startsWith(part) && name.length() > part.length()) {
          int end = name.indexOf('/', part.length());
          requireClass(name, end);
          if (end > 0) {
            List<String> photos = classes.computeIfAbsent(
                name.substring(part.length(), end), unused -> new ArrayList<>());
            if (isPhoto(name)) {
              photos.add(name);
            }
          }
        }
      }
      classes.forEach((label, photos) -> requirePhotos(part + label, photos));
      return classes;
    }

    private void requireClass(String name, int end) {
      if (end < 0 && isPhoto(name)) {
        throw new InvalidInputException(where + "/" + name
            + " lies in no class folder; put each photo into a folder named for its class");
      }
    }

    private void requirePhotos(String folder, List<String> photos) {
      if (photos.isEmpty()) {
        throw new InvalidInputException(
            "class folder " + where + "/" + folder + " holds no photo; fill it or remove it");
      }
    }
  }

  /** @throws InvalidInputException unless there are two classes, and some of them and no others in the part that is measured on */
  PhotoTree requireClasses(String where) {
    if (train.isEmpty() || valid.map(Map::isEmpty).orElse(false)) {
      throw new InvalidInputException(where + " has no class folder in its part to "
          + (train.isEmpty() ? "train" : "measure") + " on; put photos into train/CLASS and"
          + " valid/CLASS, or remove the empty part");
    }
    if (train.size() < 2) {
      throw new InvalidInputException(where + " holds only the class \"" + train.firstKey()
          + "\"; a classifier needs photos of at least two");
    }
    TreeSet<String> unknown = new TreeSet<>();
    valid.ifPresent(part -> unknown.addAll(part.keySet()));
    unknown.removeAll(train.keySet());
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(where + " has photos to measure on of " + unknown
          + ", which are not among the classes to train on; add photos of them or remove them");
    }
    return this;
  }

  /** Every photo's path. */
  List<String> all() {
    return Stream.concat(Stream.of(train), valid.stream())
        .flatMap(part -> part.values().stream().flatMap(List::stream))
        .toList();
  }
}
