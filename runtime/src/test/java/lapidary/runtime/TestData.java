package lapidary.runtime;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are too large or not free enough to be in the project, found through the environment. */
final class TestData {
  private TestData() {}

  /** The file {@code name} below {@code LAPIDARY_DATA}; without it the test is skipped, or fails where CI=true. */
  static Path file(String name) {
    String folder = System.getenv("LAPIDARY_DATA");
    if (folder != null && Files.exists(Path.of(folder, name))) {
      return Path.of(folder, name);
    }
    String reason = "no " + name + " below LAPIDARY_DATA (" + folder + ")";
    if ("true".equals(System.getenv("CI"))) {
      return fail(reason);
    }
    return abort(reason);
  }
}
