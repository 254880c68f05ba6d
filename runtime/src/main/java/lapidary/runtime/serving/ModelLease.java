package lapidary.runtime.serving;

import java.util.concurrent.atomic.AtomicInteger;
import lapidary.runtime.Model;

/** A model with a count of its users, closed by the last one to leave. It starts with one user, its owner. Thread-safe. */
final class ModelLease {
  private final Model model;
  private final AtomicInteger users = new AtomicInteger(1);

  ModelLease(Model model) {
    this.model = model;
  }

  Model model() {
    return model;
  }

  /** Adds a user, or fails if the last one has left. */
  boolean enter() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  void leave() {
    if (users.decrementAndGet() == 0) {
      model.close();
    }
  }
}
