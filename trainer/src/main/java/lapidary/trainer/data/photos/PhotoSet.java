package lapidary.trainer.data.photos;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import lapidary.models.InvalidInputException;

/**
 * Photos with one class number each, on the disk: only their names are in memory. A row is a photo's place in the order of
 * paths. Immutable, thread-safe.
 */
public final class PhotoSet {
  private final PhotoFiles files;
  private final List<String> paths;
  private final int[] labels;

  PhotoSet(PhotoFiles files, List<String> paths, int[] labels) {
    this.files = files;
    this.paths = List.copyOf(paths);
    this.labels = labels.clone();
  }

  /** The number of photos. */
  public int count() {
    return labels.length;
  }

  /** The class number of one photo. */
  public int label(int row) {
    return labels[row];
  }

  /** A copy of the class numbers, one a photo. */
  public int[] labels() {
    return labels.clone();
  }

  /** How many photos each of {@code classes} classes has. */
  public int[] classCounts(int classes) {
    int[] counts = new int[classes];
    Arrays.stream(labels).forEach(label -> counts[label]++);
    return counts;
  }

  /** One photo's path within the folder or zip file, such as {@code train/cat/1.jpg}. */
  public String path(int row) {
    return paths.get(row);
  }

  /** What a message calls one photo: the folder or zip file and the path in it. */
  public String name(int row) {
    return files.where() + "/" + path(row);
  }

  /**
   * One photo's encoded bytes. Opens the folder or zip file each time: for many photos use a {@link PhotoLoader}.
   *
   * @throws InvalidInputException if the photo is there no more or too large
   */
  public byte[] encoded(int row) {
    try (PhotoFiles.Opened opened = files.open()) {
      return opened.read(path(row));
    } catch (IOException e) {
      throw new InvalidInputException(
          name(row) + " cannot be read: " + e.getMessage() + "; bring it back or train again", e);
    }
  }

  PhotoFiles files() {
    return files;
  }

  List<String> paths() {
    return paths;
  }
}
