package lapidary.runtime.serving.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import lapidary.runtime.Model;

/** A model that a version got, until it has ended. Thread-safe. */
final class Loaded {
  private final Model model;
  private final RecordedRows rows;
  private final Runnable givingBack;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** @param givingBack what to do with the model when its rows are answered */
  Loaded(Model model, RecordedRows rows, Runnable givingBack) {
    this.model = model;
    this.rows = rows;
    this.givingBack = givingBack;
  }

  Model model() {
    return model;
  }

  RecordedRows rows() {
    return rows;
  }

  /** Answers what waits, lets runs in flight end, and gives the model back. Only the first call does. */
  void end() {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    try {
      rows.close();
    } finally {
      try {
        givingBack.run();
      } finally {
        ended.complete(null);
      }
    }
  }

  /** Completed when it has ended. */
  CompletableFuture<Void> ended() {
    return ended;
  }
}
