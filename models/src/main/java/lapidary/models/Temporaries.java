package lapidary.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Temporary files and folders beside their targets. A name says which process writes there, so that what a killed one left can be
 * told from what another is writing: {@code .TARGET.lapidary-PLACE-PROCESS-START-THREAD.tmp}.
 *
 * <p>Proof that a writer is gone is to be had on Linux, of processes of the same user in the same container since the machine was
 * started. Anything else is left alone. Stateless, thread-safe.
 */
public final class Temporaries {
  /** What a target is written to before it is moved there. */
  public static final String NEW = ".tmp";

  /** What was at the target before. */
  public static final String OLD = ".old";

  private static final Pattern NAME = Pattern.compile(
      "\\.(.+)\\.lapidary-([0-9a-f]{12})-(\\d{1,10})-(\\d{1,18})-\\d{1,18}(\\.tmp|\\.old)");

  /** File systems allow 255 bytes. */
  private static final int LONGEST_PLAIN = 180;

  private static final int SHORTENED = 20;

  /** Writers that run on may put one more file into a folder while it is being removed. */
  private static final int TRIES = 20;

  private Temporaries() {}

  /**
   * The name beside {@code target} under which the present thread may write. It is remembered for {@link #abandon} until it is
   * given to {@link #delete} or {@link #finished}.
   *
   * @param ending {@link #NEW} or {@link #OLD}
   */
  public static Path beside(Path target, String ending) {
    WritingProcess process = WritingProcess.current();
    Path temporary = target.resolveSibling(String.format(
        Locale.ROOT,
        "%s%s-%d-%d-%d%s",
        prefix(target),
        process.place(),
        process.pid(),
        process.start(),
        Thread.currentThread().getId(),
        ending));
    Unfinished.add(temporary);
    return temporary;
  }

  /** Forgets a name of {@link #beside}: what was there has been moved to its target or is gone. */
  public static void finished(Path temporary) {
    Unfinished.remove(temporary);
  }

  /**
   * Removes what this process has under temporary names and has not published: for a process that is going down, whose threads
   * will not come to the end of their work. What was at a target before stays, unless the target is there.
   */
  public static void abandon() {
    for (Path temporary : Unfinished.all()) {
      boolean needed = temporary.toString().endsWith(OLD) && !isReplaced(temporary);
      for (int i = 0; !needed && exists(temporary) && i < TRIES; i++) {
        deleteQuietly(temporary);
      }
    }
  }

  private static boolean isReplaced(Path old) {
    Matcher name = NAME.matcher(String.valueOf(old.getFileName()));
    return name.matches() && isFolder(old) && exists(old.resolveSibling(name.group(1)));
  }

  private static void deleteQuietly(Path temporary) {
    try {
      delete(temporary);
    } catch (IOException | UncheckedIOException e) {
      // Tried again; what stays all the same is cleared by the next process that writes there.
    }
  }

  private static String prefix(Path target) {
    String name = String.valueOf(target.getFileName());
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_PLAIN) {
      int cut =
          name.offsetByCodePoints(0, Math.min(SHORTENED, name.codePointCount(0, name.length())));
      name = name.substring(0, cut) + "~" + Sha256.of(bytes).substring(0, SHORTENED);
    }
    return "." + name + ".lapidary-";
  }

  /**
   * Removes what processes that are gone left in a folder. A folder that was moved aside and not replaced is moved back. What
   * cannot be removed stays: it only takes space.
   */
  public static void clear(Path folder) {
    for (Path file : in(folder)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches() && writer(name).isGone() && isOurs(file)) {
        settle(file, name);
      }
    }
  }

  /** Removes temporaries of {@code target}, whoever's: for the holder of a lock without which nobody writes there. */
  public static void clearAll(Path target) {
    for (Path file : in(target.resolveSibling("."))) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches() && name.group().startsWith(prefix(target))) {
        settle(file, name);
      }
    }
  }

  /** What is in a folder; nothing where there is no such folder yet, or it may not be looked through. */
  private static List<Path> in(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    return found;
  }

  private static WritingProcess writer(Matcher name) {
    return new WritingProcess(
        name.group(2), Long.parseLong(name.group(3)), Long.parseLong(name.group(4)));
  }

  private static void settle(Path file, Matcher name) {
    Path target = file.resolveSibling(name.group(1));
    try {
      if (name.group(5).equals(OLD) && isFolder(file) && !exists(target)) {
        Files.move(file, target);
      } else {
        delete(file);
      }
    } catch (IOException e) {
      // Somebody else may be clearing the same folder.
    }
  }

  /** Other users' processes may be hidden from this one, and would seem to be gone. */
  private static boolean isOurs(Path file) {
    try {
      return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getOwner(Path.of("/proc/self")));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFolder(Path file) {
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes a file, or a folder with all that is in it; links are not followed. Without effect where there is nothing. */
  public static void delete(Path tree) throws IOException {
    Unfinished.remove(tree);
    if (!exists(tree)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(tree)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
