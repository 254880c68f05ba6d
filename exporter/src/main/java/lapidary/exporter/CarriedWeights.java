package lapidary.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lapidary.models.AtomicFile;
import lapidary.runtime.check.OnnxFileCheck;

/** The weights beside a file, brought beside a file that is made of it in another folder. Not thread-safe. */
final class CarriedWeights {
  private final Path base;
  private final Path folder;
  private final List<Path> made = new ArrayList<>();

  /**
   * Brings nothing yet.
   *
   * @param base the file that has them
   * @param target the file that will refer to them by the same names
   */
  CarriedWeights(Path base, Path target) {
    this.base = base;
    this.folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
  }

  /** Copies what is not there. */
  void bring() {
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(base);
    for (Path name : checked.content().external()) {
      Path copy = folder.resolve(name);
      if (!Files.exists(copy)) {
        Path weights = checked.real().resolveSibling(name);
        AtomicFile.publish(
            copy, temporary -> Files.copy(weights, temporary, StandardCopyOption.REPLACE_EXISTING));
        made.add(copy);
      }
    }
  }

  /** Takes the copies away again. */
  void discard() {
    for (Path copy : made) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        // A copy by the name of its digest harms nobody.
      }
    }
  }
}
