package lapidary.runtime.serving.follow;

import java.nio.file.Path;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;

/**
 * What came of trying to open a file.
 *
 * @param file the file
 * @param failure why it was refused; empty if its model answers now
 */
public record Tried(Path file, Optional<Throwable> failure) {
  /** Why the file was refused, as a sentence. */
  public Optional<String> problem() {
    return failure.map(e -> sentence(file, e));
  }

  /** Throws what the file was refused by. */
  public void orThrow() {
    if (failure.isEmpty()) {
      return;
    }
    if (failure.get() instanceof Error error) {
      throw error;
    }
    throw failure.get() instanceof RuntimeException e
        ? e
        : new IllegalStateException(failure.get());
  }

  private static String sentence(Path file, Throwable e) {
    return e instanceof InvalidInputException || e instanceof EnvironmentException
        ? String.valueOf(e.getMessage())
        : file + " cannot be opened: " + e;
  }
}
