package lapidary.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;

/**
 * A model that follows its file: when the file becomes another one, the new model is opened beside the old one, takes over
 * between two calls, and the old session is freed when its last run ends. No call fails because of a change. A new file that
 * cannot be opened is reported and the old model goes on. Thread-safe.
 *
 * <p>A change is seen by size, modification time and inode, and then by SHA-256, so touching a file reloads nothing.
 */
public final class ReloadingModel implements Inference, AutoCloseable {
  private final Path file;
  private final ModelOptions options;
  private final Consumer<Reload> listener;
  private final ScheduledExecutorService watcher;
  private volatile ModelLease current;
  private volatile boolean closed;
  private Optional<FileStamp> seen;

  private ReloadingModel(Path file, ModelOptions options, Consumer<Reload> listener) {
    this.file = file;
    this.options = options;
    this.listener = listener;
    this.seen = stamp(file);
    this.current = new ModelLease(Model.open(file, options));
    this.watcher = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread thread = new Thread(work, "lapidary-reload");
      thread.setDaemon(true);
      return thread;
    });
  }

  /**
   * Opens a file and looks at it again every {@code interval}.
   *
   * @param interval at least 1 ms
   * @param listener told of every reload and every refused file, on a thread of this class; its exceptions are dropped
   */
  public static ReloadingModel open(
      Path file, ModelOptions options, Duration interval, Consumer<Reload> listener) {
    if (interval.toMillis() < 1) {
      throw new InvalidInputException(
          "looking at a model every " + interval + " is too often; give 1 ms or more");
    }
    ReloadingModel model = new ReloadingModel(file, options, listener);
    model.watch(interval.toMillis());
    return model;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    return with(model -> model.run(inputs, outputs));
  }

  /**
   * Uses the current model, which stays open until {@code use} returns and must not be kept longer.
   *
   * @throws IllegalStateException if this is closed
   */
  public <T> T with(Function<Model, T> use) {
    while (!closed) {
      ModelLease lease = current;
      if (lease.enter()) {
        try {
          return use.apply(lease.model());
        } finally {
          lease.leave();
        }
      }
    }
    throw new IllegalStateException(file + " is closed; open the model again to run it");
  }

  /** Looks at the file now. What changed is also told to the listener. */
  public synchronized Optional<Reload> reload() {
    Optional<FileStamp> now = stamp(file);
    if (closed || now.isEmpty() || now.equals(seen)) {
      return Optional.empty();
    }
    seen = now;
    Optional<Reload> result = same() ? Optional.empty() : Optional.of(replace());
    result.ifPresent(this::tell);
    return result;
  }

  /** Stops following the file and closes the model once its runs have ended. Later calls do nothing. */
  @Override
  public void close() {
    watcher.shutdown();
    synchronized (this) {
      if (!closed) {
        closed = true;
        current.leave();
      }
    }
  }

  private void watch(long millis) {
    // It ends with the watcher and never by an exception, which look() reports.
    Future<?> unused =
        watcher.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  private boolean same() {
    try {
      return Sha256.of(file).equals(current.model().sha256());
    } catch (IOException e) {
      // It went away since; opening it says so properly.
      return false;
    }
  }

  private Reload replace() {
    ModelLease old = current;
    try {
      current = new ModelLease(Model.open(file, options));
      old.leave();
      return new Reload(file, current.model().sha256(), Optional.empty());
    } catch (InvalidInputException | EnvironmentException e) {
      return new Reload(file, old.model().sha256(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** A watcher that dies of one exception would stop watching without a word. */
  private void look() {
    try {
      reload();
    } catch (RuntimeException e) {
      tell(new Reload(file, current.model().sha256(), Optional.of(e.toString())));
    }
  }

  private void tell(Reload reload) {
    try {
      listener.accept(reload);
    } catch (RuntimeException e) {
      // The listener's own trouble; the model runs on.
    }
  }

  /** Empty while there is no such file, as in the moment between removing and writing it. */
  private static Optional<FileStamp> stamp(Path file) {
    try {
      return Optional.of(FileStamp.of(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
