package lapidary.runtime.serving;

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
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.device.LargeStack;
import lapidary.runtime.serving.follow.FollowedFile;
import lapidary.runtime.serving.follow.Follower;
import lapidary.runtime.serving.follow.Served;
import lapidary.runtime.serving.follow.ServedLease;
import lapidary.runtime.serving.follow.Tried;

/**
 * A model that follows its file: when the file becomes another one, the new model is opened beside the old one, takes over
 * between two calls, and the old session is freed when its last run ends. No call fails because of a change. A new file that
 * cannot be opened is reported and the old model goes on. Thread-safe.
 *
 * <p>A file that is still being written is waited for until two looks find it the same. A change is seen by size, modification time and inode, of files of weights beside it too, and then by SHA-256, so touching a
 * file reloads nothing. What kept a file from being opened may pass without a change of the file, such as missing weights beside it
 * or a lack of memory: it is tried again, at first at the next look and then ever more rarely, at least once a minute, and told
 * again only if the reason is another one. A {@link Batcher} over this measures the new model before it takes over.
 */
public final class ReloadingModel implements Inference, ModelSource, Follower.Leader {
  private final FollowedFile file;
  private final Consumer<Reload> listener;
  private final ScheduledExecutorService watcher;

  private ReloadingModel(FollowedFile file, Consumer<Reload> listener) {
    this.file = file;
    this.listener = listener;
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
    return open(file, options, ModelOpener.DIRECT, interval, listener);
  }

  /**
   * Opens a file in some way of the caller's, as it opens what the file becomes, and looks at it again every {@code interval}.
   *
   * @param interval at least 1 ms
   * @param listener told of every reload and every refused file, on a thread of this class; its exceptions are dropped
   */
  public static ReloadingModel open(
      Path path,
      ModelOptions options,
      ModelOpener opener,
      Duration interval,
      Consumer<Reload> listener) {
    FollowedFile file = new FollowedFile(
        path, (checked, identity) -> Served.alone(opener.open(checked, options)), interval);
    file.open();
    ReloadingModel model = new ReloadingModel(file, listener);
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
    ServedLease lease = file.enter()
        .orElseThrow(() ->
            new IllegalStateException(file.file() + " is closed; open the model again to run it"));
    try {
      return use.apply(lease.served().model());
    } finally {
      lease.leave();
    }
  }

  @Override
  public <T> T lend(BiFunction<Model, Inference, T> use) {
    return with(model -> use.apply(model, model));
  }

  /** Not API: for {@link Batcher}. */
  @Override
  public void lead(Follower follower) {
    file.lead(follower);
  }

  /** Not API: for {@link Batcher}. */
  @Override
  public void release(Follower follower) {
    file.release(follower);
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
    file.close();
  }

  private void watch(long millis) {
    // It ends with the watcher and never by an exception: look() lets none out.
    Future<?> unused =
        watcher.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** A watcher that dies of one exception, or of an error, would stop watching without a word. */
  private void look() {
    try {
      // What it finds is told to the listener.
      Optional<Reload> unused = look(false);
    } catch (RuntimeException | Error e) {
      tell(news(new Tried(file.file(), Optional.of(e))));
    }
  }

  /** @param asked whether a refused file is tried again even if its turn has not come */
  private Optional<Reload> look(boolean asked) {
    Optional<Reload> news = file.look(asked).map(this::news);
    news.ifPresent(this::tell);
    return news;
  }

  private Reload news(Tried tried) {
    String sha256 = file.served().map(served -> served.model().sha256()).orElse("");
    return new Reload(tried.file(), sha256, tried.problem());
  }

  private void tell(Reload reload) {
    try {
      listener.accept(reload);
    } catch (RuntimeException | Error e) {
      // The listener's own trouble; the model runs on.
    }
  }
}
