package lapidary.search.store.lucene;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.LockObtainFailedException;

/** What to throw when Lucene failed at a folder. Stateless. */
final class Failure {
  /** The file of the format before this one that said what a collection was. */
  private static final String OLD_FORMAT = "manifest.bin";

  private static final Pattern FILE = Pattern.compile("path=\"([^\"]+)\"");

  private Failure() {}

  static RuntimeException opening(Path folder, Exception e) {
    if (e instanceof InvalidInputException refused) {
      return new InvalidInputException(folder + ": " + refused.getMessage(), refused);
    }
    if (e instanceof IndexNotFoundException) {
      return absent(folder);
    }
    return ofMachine(e)
        .<RuntimeException>map(cause -> FileFailure.ofMachine("cannot read " + folder, cause))
        .orElseGet(() -> damaged(folder, e));
  }

  /** What the system said, from the outside in: Lucene wraps some of it, and hangs some on what came of it. */
  private static Stream<IOException> causes(Exception e) {
    return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
        .flatMap(each -> Stream.concat(Stream.of(each), Arrays.stream(each.getSuppressed())))
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast);
  }

  private static Optional<IOException> ofMachine(Exception e) {
    return causes(e).filter(FileFailure::isMachines).findFirst();
  }

  /** There is not a collection in a folder. */
  static InvalidInputException absent(Path folder) {
    if (Files.exists(folder.resolve(OLD_FORMAT))) {
      return new InvalidInputException(folder
          + " is a collection of an older format, which is not read any more; make it again by"
          + " \"index create\" with --overwrite, from the same model and pictures");
    }
    return new InvalidInputException(
        folder
            + " holds no collection (it has no segments file); give the folder that \"index create\" made");
  }

  static InvalidInputException damaged(Path folder, Exception e) {
    return new InvalidInputException(
        folder + " is damaged: " + what(e) + "; restore it from a copy or index again", e);
  }

  private static String what(Exception e) {
    return causes(e)
        .filter(
            cause -> cause instanceof NoSuchFileException || cause instanceof FileNotFoundException)
        .map(cause -> Path.of(String.valueOf(cause.getMessage())).getFileName() + " is missing")
        .findFirst()
        .orElseGet(() -> file(String.valueOf(e.getMessage())));
  }

  /** Lucene's words, with the file they are about in front. */
  private static String file(String message) {
    Matcher file = FILE.matcher(message);
    return file.find()
        ? Path.of(file.group(1)).getFileName() + " ("
            + message.replaceAll(" \\(resource=.*", "")
            + ")"
        : message;
  }

  static RuntimeException changing(Path folder, Exception e) {
    if (e instanceof InvalidInputException || e instanceof EnvironmentException) {
      return (RuntimeException) e;
    }
    if (e instanceof LockObtainFailedException) {
      return new InvalidInputException(
          folder + " is being changed by another process, or was opened twice in this one;"
              + " wait until that is done or stop it",
          e);
    }
    if (e instanceof IndexNotFoundException) {
      return absent(folder);
    }
    String what = "cannot change " + folder;
    return ofMachine(e)
        .or(() -> causes(e).reduce((outer, inner) -> inner))
        .map(cause -> FileFailure.changing(what, folder, cause, "choose a folder you can write to"))
        .orElseGet(() -> new IllegalStateException(what, e));
  }
}
