package lapidary.runtime.serving.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Brings a registry's versions in line with what its folder holds. Thread-safe. */
final class FolderWatch {
  private final Path folder;
  private final RegistryOptions options;
  private final Versions versions;
  private final Set<ModelKey> unwanted = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ModelKey, Path> moved = new HashMap<>();
  private Set<ModelKey> missing = Set.of();
  private List<String> told = List.of();

  FolderWatch(Path folder, RegistryOptions options, Versions versions) {
    this.folder = folder;
    this.options = options;
    this.versions = versions;
  }

  /** Passes over a version, which somebody unloaded, for as long as its file lies there. */
  void forget(ModelKey key) {
    unwanted.add(key);
  }

  /** Takes versions of a name up again that somebody unloaded. */
  void want(String name) {
    unwanted.removeIf(key -> key.name().equals(name));
  }

  /**
   * Looks at the folder. Where it cannot be read, everything stays as it is.
   *
   * @param asked whether what is missing is unloaded at once, and not at the second look, which it may be back for
   */
  void look(boolean asked) {
    lock.lock();
    try {
      ModelFolder read = ModelFolder.read(folder);
      notice(read.odd());
      unwanted.retainAll(read.models().keySet());
      unload(read.models().keySet(), asked);
      read.models().forEach(this::bring);
    } catch (IOException e) {
      notice(List.of(folder + " cannot be read, so what it held is served on: " + e));
    } finally {
      lock.unlock();
    }
  }

  /** Tells of a look that failed. */
  void failed(Throwable reason) {
    lock.lock();
    try {
      notice(List.of(folder + " cannot be looked at: " + reason));
    } finally {
      lock.unlock();
    }
  }

  private void unload(Set<ModelKey> there, boolean asked) {
    List<ModelVersion> gone = versions.all().stream()
        .filter(version -> version.found() && !there.contains(version.key()))
        .toList();
    gone.stream()
        .filter(version -> asked || missing.contains(version.key()))
        .forEach(versions::remove);
    missing = gone.stream().map(ModelVersion::key).collect(Collectors.toSet());
  }

  private void bring(ModelKey key, Path file) {
    if (!unwanted.contains(key) && !versions.isComing(key) && isNews(key, file)) {
      // How it goes is told to the listener, and in the index.
      CompletableFuture<Void> unused =
          versions.bring(key, new ModelVersion.Origin(file, options.model(), true));
    }
  }

  /**
   * Whether a file is to be served. What a program has loaded under a name is not exchanged for it, and what lies at another place
   * than before is tried once: if it is refused, the old model goes on.
   */
  private boolean isNews(ModelKey key, Path file) {
    Optional<ModelVersion> version = versions.get(key);
    if (version.isEmpty()) {
      moved.remove(key);
      return true;
    }
    return version.get().found()
        && !version.get().file().file().equals(file)
        && !file.equals(moved.put(key, file));
  }

  /** Says what is new, once for as long as it stays so. */
  private void notice(List<String> sentences) {
    List<String> before = told;
    told = List.copyOf(sentences);
    for (String sentence : sentences) {
      if (!before.contains(sentence)) {
        try {
          options.listener().noticed(sentence);
        } catch (RuntimeException | Error e) {
          // The listener's own trouble; models are served on.
        }
      }
    }
  }
}
