package lapidary.trainer.kind;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Published weights that not every machine has: a test without them is skipped, but fails where CI is true. */
final class PretrainedFile {
  private PretrainedFile() {}

  /** A file of the folder {@code pretrained} in LAPIDARY_DATA. */
  static Path require(String name) {
    String root = System.getenv("LAPIDARY_DATA");
    Path file = Path.of(root == null ? "" : root).resolve("pretrained").resolve(name);
    if (root != null && Files.isRegularFile(file)) {
      return file;
    }
    String missing = "pretrained/" + name + " is not in LAPIDARY_DATA";
    return "true".equals(System.getenv("CI")) ? fail(missing) : abort(missing);
  }
}
