package lapidary.search.embed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lapidary.models.AtomicFile;
import lapidary.models.FileFailure;
import lapidary.models.FolderLock;

/**
 * A folder for batches that outlive their process: {@code identity.txt} says of what they are, {@code vectors.batches} holds them, and
 * {@code lock} keeps other processes away. Used by one thread.
 */
final class KeptFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String IDENTITY = "identity.txt";
  private static final String BATCHES = "vectors.batches";

  /** The form of the batches; others are not read. */
  private static final Map<String, String> FORM = Map.of("form", "2");

  private static final String FIX = "choose a folder you can write to";

  private final Path folder;
  private final FolderLock lock;

  private KeptFolder(Path folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes a folder, which is made if it is missing. Batches of anything else are removed.
   *
   * @param identity of what the batches are to be
   * @param listener is told if batches are removed
   * @throws lapidary.models.InvalidInputException if another process has it, or it cannot be written
   */
  static KeptFolder take(Path folder, Map<String, String> identity, EmbeddingListener listener) {
    KeptFolder kept = new KeptFolder(folder, locked(folder));
    try {
      kept.require(identity, listener);
      return kept;
    } catch (RuntimeException | Error e) {
      kept.leave();
      throw e;
    }
  }

  private static FolderLock locked(Path folder) {
    while (true) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw FileFailure.changing("cannot make " + folder, folder, e, FIX);
      }
      FolderLock lock = FolderLock.take(folder, LOCK);
      if (Files.exists(folder.resolve(LOCK))) {
        return lock;
      }
      // Who had it was done and removed it, lock and all, while we took hold of what was going.
      lock.close();
    }
  }

  private void require(Map<String, String> identity, EmbeddingListener listener) {
    SortedMap<String, String> wanted = new TreeMap<>(FORM);
    // A line each.
    identity.forEach(
        (what, value) -> wanted.put(what, value.replaceAll("\\s+", " ").strip()));
    SortedMap<String, String> found = found();
    if (found.equals(wanted)) {
      return;
    }
    if (Files.exists(batches())) {
      listener.startsAnew(difference(found, wanted));
    }
    // In this order: batches never stand beside the identity of others.
    delete(batches());
    StringBuilder lines = new StringBuilder();
    wanted.forEach(
        (what, value) -> lines.append(what).append(": ").append(value).append('\n'));
    AtomicFile.writeText(folder.resolve(IDENTITY), lines.toString());
  }

  private SortedMap<String, String> found() {
    SortedMap<String, String> found = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(folder.resolve(IDENTITY), StandardCharsets.UTF_8)) {
        int colon = line.indexOf(": ");
        found.put(
            line.substring(0, Math.max(0, colon)), line.substring(colon + 1).strip());
      }
    } catch (IOException e) {
      // Not there, or not to be read: then nothing is known of the batches.
      found.clear();
    }
    return found;
  }

  private static String difference(Map<String, String> found, Map<String, String> wanted) {
    TreeSet<String> names = new TreeSet<>(found.keySet());
    names.addAll(wanted.keySet());
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      if (!String.valueOf(found.get(name)).equals(wanted.get(name))) {
        differing.add(name);
      }
    }
    return found.isEmpty()
        ? "it does not say of what it is"
        : "not the same " + String.join(", ", differing);
  }

  /** The file of the batches. */
  Path batches() {
    return folder.resolve(BATCHES);
  }

  /** Removes all that is ours, then gives the folder back. */
  void remove() {
    delete(batches());
    delete(folder.resolve(IDENTITY));
    // Under the lock: whoever takes it afterwards sees that the file is gone.
    boolean gone = isDeleted(folder.resolve(LOCK));
    close();
    if (gone || isDeleted(folder.resolve(LOCK))) {
      isDeleted(folder);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw FileFailure.changing("cannot remove " + file, file, e, "remove it by hand");
    }
  }

  /** Removes what was made for nothing, unless that fails too. */
  private void leave() {
    if (Files.exists(batches())) {
      close();
      return;
    }
    try {
      remove();
    } catch (RuntimeException e) {
      // The failure that led here is the one worth reporting.
      close();
    }
  }

  /** Windows keeps a file that is locked, and another process may have taken the folder again: then it stays. */
  private static boolean isDeleted(Path file) {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** Gives the folder back and leaves all in it. */
  @Override
  public void close() {
    lock.close();
  }
}
