package lapidary.trainer.data.photos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;

/**
 * A digest of photos and their paths: SHA-256 of the lines {@code sha256sum} prints for the sorted paths.
 *
 * @param sha256 64 hexadecimal digits
 */
record PhotoDigest(String sha256) {
  static PhotoDigest of(PhotoFiles files, List<String> paths) {
    try (PhotoFiles.Opened opened = files.open()) {
      String lines = paths.parallelStream()
          .sorted()
          .map(path -> line(files, opened, path))
          .collect(Collectors.joining());
      return new PhotoDigest(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String line(PhotoFiles files, PhotoFiles.Opened opened, String path) {
    try {
      return Sha256.of(opened.read(path)) + "  " + path + "\n";
    } catch (IOException e) {
      throw new InvalidInputException(
          files.where() + "/" + path + " cannot be read: " + e.getMessage() + "; replace it", e);
    }
  }
}
