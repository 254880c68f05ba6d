package lapidary.cli.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;

/** Image files named on the command line; a folder stands for the images in it, sorted by name. */
public final class ImageFiles {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp");

  private ImageFiles() {}

  public static List<Path> expand(List<Path> inputs) {
    return inputs.stream()
        .flatMap(input -> Files.isDirectory(input) ? inside(input) : Stream.of(input))
        .toList();
  }

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
            folder + " holds no image; give a folder of PNG, JPEG, GIF, BMP or WebP files");
      }
      return images.stream();
    } catch (IOException e) {
      throw FileFailure.reading(folder.toString(), e, "check its permissions");
    }
  }

  /** Whether a file's name ends as those of images do. */
  static boolean isImage(String name) {
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
