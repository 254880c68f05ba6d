package lapidary.runtime.serving.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lapidary.runtime.serving.registry.ModelStatus.State;

/** All versions of a registry: those that are served, those on their way and those that end. Thread-safe. */
final class Versions {
  private final ConcurrentNavigableMap<ModelKey, ModelVersion> served =
      new ConcurrentSkipListMap<>();
  private final Map<ModelVersion, CompletableFuture<Void>> coming = new ConcurrentHashMap<>();
  private final Set<ModelVersion> leaving = ConcurrentHashMap.newKeySet();
  private final RegistryOptions options;
  private final RegistryThreads threads;
  private final Opening opening;
  private volatile boolean closed;

  Versions(RegistryOptions options, RegistryThreads threads) {
    this.options = options;
    this.threads = threads;
    this.opening = new Opening(options);
  }

  Optional<ModelVersion> get(ModelKey key) {
    return Optional.ofNullable(served.get(key));
  }

  /** Those of a name, the greatest first. */
  Collection<ModelVersion> of(String name) {
    return served
        .subMap(new ModelKey(name, 1), true, new ModelKey(name, Long.MAX_VALUE), true)
        .descendingMap()
        .values();
  }

  /** By name and version. */
  Collection<ModelVersion> all() {
    return served.values();
  }

  /** Those that are served or on their way, then those that end. */
  List<ModelStatus> index() {
    return Stream.concat(served.values().stream(), leaving.stream())
        .map(ModelVersion::status)
        .toList();
  }

  /** A lease of a version, or of the one that has taken its place meanwhile. */
  Optional<ModelLease> lease(ModelVersion version) {
    Optional<ModelVersion> asked = Optional.of(version);
    while (true) {
      ModelVersion now = asked.get();
      Optional<ModelLease> lease = now.lease();
      asked = get(now.key());
      if (lease.isPresent() || asked.isEmpty() || asked.get() == now) {
        return lease;
      }
    }
  }

  /** Whether a file is being opened as this version. */
  boolean isComing(ModelKey key) {
    return coming.keySet().stream().anyMatch(version -> version.key().equals(key));
  }

  /** What is being opened now. */
  Stream<CompletableFuture<Void>> coming(Predicate<ModelKey> wanted) {
    return coming.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey().key()))
        .map(Map.Entry::getValue);
  }

  /**
   * Opens a file as a version. One that is ready there answers until the new one is, and stays if it is refused.
   *
   * @return fails by what the file is refused by
   */
  CompletableFuture<Void> bring(ModelKey key, ModelVersion.Origin origin) {
    requireOpen();
    Optional<ModelVersion> old = get(key);
    Optional<ModelVersion> ready = old.filter(ModelVersion::isReady);
    ModelVersion next = version(key, origin, old);
    CompletableFuture<Void> done = new CompletableFuture<>();
    coming.put(next, done);
    if (ready.isEmpty()) {
      if (!exchange(old, next)) {
        coming.remove(next);
        return bring(key, origin);
      }
      tell(next.status());
    }
    try {
      load(next, ready, done);
    } catch (RuntimeException | Error e) {
      // Closed meanwhile, or no thread can be had.
      coming.remove(next);
      served.remove(key, next);
      throw e;
    }
    return done;
  }

  private void load(ModelVersion next, Optional<ModelVersion> old, CompletableFuture<Void> done) {
    // Nobody looks at the file until it was told how this went.
    boolean unused = next.claim();
    CompletableFuture<Void> ignored = threads
        .load(() -> open(next, old))
        .whenComplete((result, failure) -> {
          coming.remove(next);
          next.looked();
          if (failure == null) {
            done.complete(null);
          } else {
            done.completeExceptionally(
                failure instanceof CompletionException ? failure.getCause() : failure);
          }
        });
  }

  /** Looks at a version's file on a thread of its own. */
  CompletableFuture<Void> look(ModelVersion version, boolean asked) {
    return threads.load(
        () -> version.file().look(asked).ifPresent(tried -> tell(version.status())));
  }

  /** Looks at all files, but those that are being looked at. */
  void lookAtAll() {
    served.values().stream().filter(ModelVersion::claim).forEach(this::lookClaimed);
  }

  private void lookClaimed(ModelVersion version) {
    try {
      CompletableFuture<Void> unused =
          look(version, false).whenComplete((done, failure) -> version.looked());
    } catch (RuntimeException | Error e) {
      version.looked();
      throw e;
    }
  }

  /** Serves a version no more. Its leases go on. */
  void remove(ModelVersion version) {
    if (served.remove(version.key(), version)) {
      retire(version);
    }
  }

  /** Ends all versions, whoever has leases, after runs in flight. */
  void close() {
    closed = true;
    while (!served.isEmpty() || !coming.isEmpty()) {
      served.values().forEach(this::remove);
      coming.keySet().forEach(Versions::close);
      coming.values().forEach(Await::end);
    }
    leaving.forEach(Versions::close);
    opening.endAll();
    leaving.clear();
  }

  private static void close(ModelVersion version) {
    // Whoever has leases is not waited for.
    CompletableFuture<?> unused = version.close();
  }

  private ModelVersion version(
      ModelKey key, ModelVersion.Origin origin, Optional<ModelVersion> old) {
    RunRecorder recorder = old.map(ModelVersion::recorder).orElseGet(RunRecorder::new);
    return new ModelVersion(key, origin, recorder, opening, options.interval(), threads);
  }

  private void open(ModelVersion next, Optional<ModelVersion> old) {
    try {
      requireOpen();
      next.file().open();
      if (old.isPresent() ? !exchange(old, next) : served.get(next.key()) != next) {
        throw new IllegalStateException(
            next.key() + " was unloaded or loaded otherwise meanwhile; load it again");
      }
    } catch (RuntimeException | Error e) {
      if (old.isPresent()) {
        close(next);
      }
      throw e;
    } finally {
      if (served.get(next.key()) == next) {
        tell(next.status());
      }
    }
  }

  /** Puts a version in the place of another, or where there was none; fails if that is no longer so. */
  private boolean exchange(Optional<ModelVersion> old, ModelVersion next) {
    boolean done = old.isPresent()
        ? served.replace(next.key(), old.get(), next)
        : served.putIfAbsent(next.key(), next) == null;
    if (done) {
      old.ifPresent(this::retire);
    }
    return done;
  }

  private void retire(ModelVersion version) {
    version.leave();
    leaving.add(version);
    tellIfGone(version, State.UNLOADING);
    threads.end(() -> end(version));
  }

  private void end(ModelVersion version) {
    CompletableFuture<?> unused = version.close().whenComplete((done, failure) -> {
      leaving.remove(version);
      tellIfGone(version, State.UNLOADED);
    });
  }

  /** Of a version that was exchanged for another its successor tells. */
  private void tellIfGone(ModelVersion version, State state) {
    if (!served.containsKey(version.key())) {
      tell(version.status(state));
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this registry is closed; open another one");
    }
  }

  private void tell(ModelStatus status) {
    try {
      options.listener().changed(status);
    } catch (RuntimeException | Error e) {
      // The listener's own trouble; models are served on.
    }
  }
}
