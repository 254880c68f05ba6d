package lapidary.search.embed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;

/** Image files by their names; a folder stands for the images in it, sorted by name. Stateless. */
public final class ImageFiles {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp");

  private ImageFiles() {}

  /**
   * The files that are named, folders by what is in them.
   *
   * @throws InvalidInputException if a folder holds no image
   */
  public static List<Path> expand(List<Path> inputs) {
    return inputs.stream()
        .flatMap(input -> Files.isDirectory(input) ? inside(input) : Stream.of(input))
        .toList();
  }

  /**
   * The bytes of a file.
   *
   * @throws InvalidInputException if it is not there or cannot be read
   * @throws lapidary.models.EnvironmentException if the machine fails to
   */
  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFailure.reading(
          file.toString(), e, "give an image file that exists and can be read");
    }
  }

  private static Stream<Path> inside(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> images =
          files.filter(file -> isImage(file.toString())).sorted().toList();
      if (images.isEmpty()) {
        throw new InvalidInputException(
            folder + " holds no images; give a folder of PNG, JPEG, GIF, BMP or WebP files");
      }
      return images.stream();
    } catch (IOException e) {
      throw FileFailure.reading(folder.toString(), e, "check its permissions");
    } catch (UncheckedIOException e) {
      // Of a folder within it, found on the way.
      throw FileFailure.reading(
          folder.toString(), Objects.requireNonNull(e.getCause()), "check the permissions in it");
    }
  }

  /** Whether a file's name ends as those of images do. */
  static boolean isImage(String name) {
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
