package lapidary.models;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whom a failed operation on a file is to be blamed on. The machine: no space, a quota, a disk that cannot be written to or
 * is broken, too many open files. The path that was given: it is not there, not allowed, not a folder. The system's words come in
 * the user's language, so exception types and facts about the path decide first, words only where nothing else tells. Stateless.
 */
public final class FileFailure {
  private static final String OTHER_FOLDER = "choose a folder you can write to";
  private static final String UNKNOWN = "make room on that disk, or check that it works";
  private static final int LONGEST_NAME = 255;

  private static final Set<Fault> EXHAUSTED = EnumSet.of(Fault.FULL, Fault.HANDLES, Fault.MEMORY);

  /** What another path would mend. */
  private static final List<Class<? extends IOException>> OF_PATH = List.of(
      AccessDeniedException.class,
      AtomicMoveNotSupportedException.class,
      NoSuchFileException.class,
      FileAlreadyExistsException.class,
      NotDirectoryException.class,
      DirectoryNotEmptyException.class,
      FileSystemLoopException.class);

  /** The same, of which Java makes no type of its own. */
  private static final Pattern PATH_WORDS = words(
      "not a directory|is a directory|name too long|symbolic link|not permitted|invalid argument"
          + "|cross-device|cannot find the|syntax is incorrect");

  private FileFailure() {}

  /** The machine's failures in the words of Linux, macOS and Windows, each with its remedy. */
  private enum Fault {
    FULL(
        "make room on that disk or choose another",
        "no space left|not enough space|disk is full|quota"),
    FIXED("choose a folder on a disk that can be written to", "read-only|write.protect"),
    CLOSED("open it, or send it elsewhere", "bad file descriptor"),
    HANDLES("allow more open files, such as by ulimit -n", "too many open files"),
    MEMORY("free memory or take a machine with more", "cannot allocate memory"),
    LARGE("allow larger files, such as by ulimit -f, or choose another disk", "file too large"),
    BROKEN(
        "check that disk, or choose another",
        "input/output error|i/o error|stale|no such device|transport endpoint|host is down|timed out");

    private final String remedy;
    private final Pattern words;

    Fault(String remedy, String words) {
      this.remedy = remedy;
      this.words = words(words);
    }

    static Optional<Fault> of(IOException e) {
      return Arrays.stream(values()).filter(fault -> says(e, fault.words)).findFirst();
    }
  }

  /**
   * What to throw when the file {@code given} could not be written: {@link EnvironmentException} if the machine is to blame, else
   * {@link InvalidInputException}.
   */
  public static RuntimeException writing(Path given, IOException e) {
    return Files.isDirectory(given)
        ? invalid("cannot write " + given, e, OTHER_FOLDER)
        : changing("cannot write " + given, given, e, OTHER_FOLDER);
  }

  /**
   * What to throw when a folder could not be made, moved, locked or removed.
   *
   * @param what the beginning of the sentence, such as "cannot remove x"
   * @param remedy what to do if the path is to blame
   */
  public static RuntimeException changing(String what, Path path, IOException e, String remedy) {
    return isPaths(path, e) && Fault.of(e).isEmpty()
        ? invalid(what, e, remedy)
        : ofMachine(what, e);
  }

  /**
   * What to throw when a file could not be read. Bytes that make no sense are the file's own fault.
   *
   * @param what the file, as errors name it
   * @param remedy what to do if the file is to blame
   */
  public static RuntimeException reading(String what, IOException e, String remedy) {
    return isMachines(e)
        ? ofMachine("cannot read " + what, e)
        : invalid("cannot read " + what, e, remedy);
  }

  /** Whether a failure of which nothing else is known is certainly the machine's. */
  public static boolean isMachines(IOException e) {
    return Fault.of(e).isPresent()
        || (e.getClass() == FileSystemException.class
            && !isPaths(Path.of(String.valueOf(((FileSystemException) e).getFile())), e));
  }

  /**
   * Whether the machine has run out of something that every other file needs too, such as memory or open files. A disk that
   * cannot give the bytes of one file is not that: the next file may be whole.
   */
  public static boolean isExhausted(IOException e) {
    return Fault.of(e).filter(EXHAUSTED::contains).isPresent();
  }

  /**
   * What to throw when the machine is certainly to blame.
   *
   * @param what the beginning of the sentence, such as "cannot write standard output"
   */
  public static EnvironmentException ofMachine(String what, IOException e) {
    String remedy = Fault.of(e).map(fault -> fault.remedy).orElse(UNKNOWN);
    return new EnvironmentException(what + ": " + reason(e) + "; " + remedy, e);
  }

  private static boolean isPaths(Path path, IOException e) {
    return OF_PATH.stream().anyMatch(type -> type.isInstance(e))
        || says(e, PATH_WORDS)
        || hasLongName(path)
        || liesUnderAFile(path);
  }

  private static Pattern words(String alternatives) {
    return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
  }

  private static boolean says(IOException e, Pattern words) {
    return words.matcher(said(e)).find();
  }

  /** The system's words without the path, which could hold any. */
  private static String said(IOException e) {
    String message =
        e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    String words = message == null ? "" : message;
    return e instanceof FileNotFoundException ? words.substring(words.lastIndexOf('(') + 1) : words;
  }

  private static boolean hasLongName(Path path) {
    for (Path name : path) {
      if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        return true;
      }
    }
    return false;
  }

  private static boolean liesUnderAFile(Path path) {
    Path above = path.toAbsolutePath().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    return above != null && !Files.isDirectory(above);
  }

  private static InvalidInputException invalid(String what, IOException e, String remedy) {
    return new InvalidInputException(what + ": " + reason(e) + "; " + remedy, e);
  }

  /** The system's own words; where there are none, those of the exception's type. */
  private static String reason(IOException e) {
    String message = e.getMessage();
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (e instanceof FileSystemException failure) {
      String reason = failure.getReason();
      return reason == null ? type(e) + " (" + message + ")" : reason;
    }
    return message == null ? type(e) : message;
  }

  private static String type(IOException e) {
    return e.getClass()
        .getSimpleName()
        .replaceFirst("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
