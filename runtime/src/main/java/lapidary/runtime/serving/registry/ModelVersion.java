package lapidary.runtime.serving.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.serving.follow.FileIdentity;
import lapidary.runtime.serving.follow.FollowedFile;
import lapidary.runtime.serving.follow.Served;
import lapidary.runtime.serving.registry.ModelStatus.State;

/** A name and number in a registry, the file behind it and what was recorded of it. Thread-safe. */
final class ModelVersion {
  private final ModelKey key;
  private final boolean found;
  private final RunRecorder recorder;
  private final FollowedFile file;
  private final RegistryThreads threads;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile CompletableFuture<?> ended = CompletableFuture.completedFuture(null);
  private volatile Optional<Loaded> loaded = Optional.empty();
  private volatile boolean leaving;

  /** Where a version comes from. */
  record Origin(Path file, ModelOptions options, boolean found) {}

  /**
   * A version that is not open yet.
   *
   * @param interval from one look to the next
   * @param threads where its models end, so that no caller waits for them
   */
  ModelVersion(
      ModelKey key,
      Origin origin,
      RunRecorder recorder,
      Opening opening,
      Duration interval,
      RegistryThreads threads) {
    this.key = key;
    this.found = origin.found();
    this.recorder = recorder;
    this.threads = threads;
    this.file = new FollowedFile(
        origin.file(),
        (checked, identity) -> open(opening, checked, identity, origin.options()),
        interval);
  }

  ModelKey key() {
    return key;
  }

  /** Whether it was found in the folder. */
  boolean found() {
    return found;
  }

  RunRecorder recorder() {
    return recorder;
  }

  FollowedFile file() {
    return file;
  }

  boolean isReady() {
    return !leaving && file.served().isPresent();
  }

  /** A lease of it, if it is ready. */
  Optional<ModelLease> lease() {
    return file.enter().map(lease -> new ModelLease(key, lease));
  }

  /** Claims the next look, so that looks do not pile up behind a long one; {@link #looked} gives it back. */
  boolean claim() {
    return looking.compareAndSet(false, true);
  }

  void looked() {
    looking.set(false);
  }

  /** Leases nothing more; {@link #close} is still to be called. */
  void leave() {
    leaving = true;
  }

  /** Waits for a load under way and gives up the model. The future is completed when its last lease has ended. */
  CompletableFuture<?> close() {
    leaving = true;
    file.close();
    return ended;
  }

  ModelStatistics statistics() {
    return recorder.statistics(loaded.map(model -> model.rows().waiting()).orElse(0));
  }

  ModelStatus status() {
    return status(leaving ? State.UNLOADING : isReady() ? State.READY : unready());
  }

  ModelStatus status(State state) {
    return new ModelStatus(
        key.name(),
        key.version(),
        file.file(),
        state,
        file.problem(),
        loaded.filter(unused -> state == State.READY).map(ModelVersion::facts));
  }

  private State unready() {
    return file.problem().isPresent() ? State.REFUSED : State.LOADING;
  }

  private Served open(
      Opening opening, OnnxFileCheck.Checked checked, FileIdentity identity, ModelOptions options) {
    Loaded next = opening.open(checked, identity, options, recorder);
    ended = CompletableFuture.allOf(ended, next.ended());
    loaded = Optional.of(next);
    return new Served(next.model(), next.rows(), () -> threads.end(next::end));
  }

  private static ModelStatus.Ready facts(Loaded loaded) {
    Model model = loaded.model();
    return new ModelStatus.Ready(
        model.sha256(), model.device(), model.description(), loaded.rows().unbatched());
  }
}
