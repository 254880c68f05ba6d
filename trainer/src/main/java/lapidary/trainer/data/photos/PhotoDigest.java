package lapidary.trainer.data.photos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import lapidary.models.Sha256;

/**
 * A digest of photos and their paths: SHA-256 of the lines {@code sha256sum} prints for the sorted paths. A photo that cannot be read
 * has a word in place of its digest: it is there, and a pass over the photos leaves it out.
 *
 * @param sha256 64 hexadecimal digits
 */
record PhotoDigest(String sha256) {
  static PhotoDigest of(PhotoFiles files, List<String> paths) {
    try (PhotoFiles.Opened opened = files.open()) {
      String lines = paths.parallelStream()
          .sorted()
          .map(path -> sha256(opened, path) + "  " + path + "\n")
          .collect(Collectors.joining());
      return new PhotoDigest(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String sha256(PhotoFiles.Opened opened, String path) {
    try (InputStream in = opened.stream(path)) {
      return Sha256.of(in);
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
