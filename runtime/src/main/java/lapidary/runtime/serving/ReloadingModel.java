package lapidary.runtime.serving;

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
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.check.FileStamp;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.LargeStack;

/**
 * A model that follows its file: when the file becomes another one, the new model is opened beside the old one, takes over
 * between two calls, and the old session is freed when its last run ends. No call fails because of a change. A new file that
 * cannot be opened is reported and the old model goes on. Thread-safe.
 *
 * <p>A change is seen by size, modification time and inode, and then by SHA-256, so touching a file reloads nothing. What kept a
 * file from being opened may pass without a change of the file, such as missing weights beside it or a lack of memory: it is tried
 * again, at first at the next look and then ever more rarely, at least once a minute, and told again only if the reason is another
 * one.
 */
public final class ReloadingModel implements Inference, ModelSource {
  private final Path file;
  private final Opener opener;
  private final Consumer<Reload> listener;
  private final Retries retries;
  private final ScheduledExecutorService watcher;
  private volatile ModelLease current;
  private volatile boolean closed;
  private Optional<FileStamp> seen;

  /** Opens a checked file. */
  @FunctionalInterface
  interface Opener {
    Model open(OnnxFileCheck.Checked file);
  }

  private ReloadingModel(Path file, Opener opener, Duration interval, Consumer<Reload> listener) {
    this.file = file;
    this.opener = opener;
    this.listener = listener;
    this.retries = new Retries(interval);
    this.seen = stamp(file);
    this.current = new ModelLease(opener.open(OnnxFileCheck.check(file)));
    this.watcher = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread thread = new Thread(null, work, "lapidary-reload", LargeStack.BYTES);
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
    return open(file, checked -> Model.open(checked, options), interval, listener);
  }

  static ReloadingModel open(
      Path file, Opener opener, Duration interval, Consumer<Reload> listener) {
    if (interval.toMillis() < 1) {
      throw new InvalidInputException(
          "looking at a model every " + interval + " is too often; give 1 ms or more");
    }
    ReloadingModel model = new ReloadingModel(file, opener, interval, listener);
    model.watch(interval.toMillis());
    return model;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    return with(model -> model.run(inputs, outputs));
  }

  /** The inputs of the current model. */
  @Override
  public List<TensorInfo> inputs() {
    return with(Model::inputs);
  }

  /** The outputs of the current model. */
  @Override
  public List<TensorInfo> outputs() {
    return with(Model::outputs);
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

  @Override
  public <T> T lend(BiFunction<Model, Inference, T> use) {
    return with(model -> use.apply(model, model));
  }

  /**
   * Looks at the file now, and tries again one that was refused. What changed is also told to the listener.
   *
   * @return empty if the same model runs as before, for the same reason
   */
  public Optional<Reload> reload() {
    return look(true);
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
    // It ends with the watcher and never by an exception: look() lets none out.
    Future<?> unused =
        watcher.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** @param asked whether a refused file is tried again even if its turn has not come */
  private synchronized Optional<Reload> look(boolean asked) {
    Optional<FileStamp> now = stamp(file);
    boolean again = now.equals(seen);
    boolean wanted = !again || (asked ? retries.pending() : retries.due());
    if (closed || now.isEmpty() || !wanted) {
      return Optional.empty();
    }
    seen = now;
    Optional<Reload> news = retries.tried(replace(), again);
    news.ifPresent(this::tell);
    return news;
  }

  /** Empty if the file is the model that runs already. */
  private Optional<Reload> replace() {
    ModelLease old = current;
    try {
      OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
      if (checked.sha256().equals(old.model().sha256())) {
        return Optional.empty();
      }
      current = new ModelLease(opener.open(checked));
      old.leave();
      return Optional.of(new Reload(file, current.model().sha256(), Optional.empty()));
    } catch (InvalidInputException | EnvironmentException e) {
      return Optional.of(refused(old, String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      // Also a lack of memory: the old model runs on, and the next try may succeed.
      return Optional.of(refused(old, file + " cannot be opened: " + e));
    }
  }

  private Reload refused(ModelLease old, String problem) {
    return new Reload(file, old.model().sha256(), Optional.of(problem));
  }

  /** A watcher that dies of one exception, or of an error, would stop watching without a word. */
  private void look() {
    try {
      // What it finds is told to the listener.
      Optional<Reload> unused = look(false);
    } catch (RuntimeException | Error e) {
      tell(refused(current, file + " cannot be looked at: " + e));
    }
  }

  private void tell(Reload reload) {
    try {
      listener.accept(reload);
    } catch (RuntimeException | Error e) {
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
