package lapidary.runtime.serving.registry;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.serving.follow.FileIdentity;

/** Opens models for a registry, and knows all that have not ended. Thread-safe. */
final class Opening {
  private final SharedSessions sessions = new SharedSessions();
  private final Set<Loaded> live = ConcurrentHashMap.newKeySet();
  private final RegistryOptions options;

  Opening(RegistryOptions options) {
    this.options = options;
  }

  /** Opens a file, or shares the session of what is open already, and measures its batches. */
  Loaded open(
      OnnxFileCheck.Checked file, FileIdentity identity, ModelOptions how, RunRecorder recorder) {
    SharedSessions.Key key = new SharedSessions.Key(identity, how);
    Model model = sessions.take(key, () -> options.opener().open(file, how));
    try {
      RecordedRows rows = new RecordedRows(model, options.batching(), recorder);
      Loaded loaded = new Loaded(model, rows, () -> sessions.give(key));
      live.add(loaded);
      CompletableFuture<Void> unused = loaded.ended().thenRun(() -> live.remove(loaded));
      return loaded;
    } catch (RuntimeException | Error e) {
      sessions.give(key);
      throw e;
    }
  }

  /** Ends all that are left, whoever has leases, and waits for those that end already. */
  void endAll() {
    while (!live.isEmpty()) {
      for (Loaded loaded : live) {
        loaded.end();
        loaded.ended().join();
      }
    }
  }
}
