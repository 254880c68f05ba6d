package lapidary.runtime.serving.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.serving.follow.FileIdentity;

/** Models by what they are of, counted: the same bytes with the same options are opened once and closed by the last to leave. Thread-safe. */
final class SharedSessions {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Shared> sessions = new HashMap<>();

  /** What makes two models one. */
  record Key(FileIdentity file, ModelOptions options) {}

  private static final class Shared {
    private final CompletableFuture<Model> model = new CompletableFuture<>();
    private int users;
  }

  /** Opens a model, or takes the one that is open; whoever opens it at the moment is waited for. What the opening fails by is thrown to all. */
  Model take(Key key, Supplier<Model> opening) {
    Shared shared;
    boolean first;
    lock.lock();
    try {
      shared = sessions.computeIfAbsent(key, unknown -> new Shared());
      first = shared.users == 0;
      shared.users++;
    } finally {
      lock.unlock();
    }
    if (first) {
      open(key, shared, opening);
    }
    return Await.result(shared.model);
  }

  /** Gives a model back, which closes it if nobody else has it. */
  void give(Key key) {
    leave(key).ifPresent(last -> last.model.join().close());
  }

  /** What nobody has any more, if that is so. */
  private Optional<Shared> leave(Key key) {
    lock.lock();
    try {
      Shared shared = sessions.get(key);
      if (shared == null) {
        throw new IllegalStateException("a model was given back that nobody had");
      }
      shared.users--;
      return shared.users > 0 ? Optional.empty() : Optional.ofNullable(sessions.remove(key));
    } finally {
      lock.unlock();
    }
  }

  private void open(Key key, Shared shared, Supplier<Model> opening) {
    try {
      shared.model.complete(opening.get());
    } catch (RuntimeException | Error e) {
      lock.lock();
      try {
        sessions.remove(key, shared);
      } finally {
        lock.unlock();
      }
      shared.model.completeExceptionally(e);
    }
  }
}
