package lapidary.runtime.serving;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What happened when a model's file changed.
 *
 * @param file the file
 * @param sha256 digest of the model that runs from now on: the new one, or the old one if the new one is refused
 * @param problem why the new file is refused; empty if it runs
 */
public record Reload(Path file, String sha256, Optional<String> problem) {}
