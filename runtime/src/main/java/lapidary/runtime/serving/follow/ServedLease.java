package lapidary.runtime.serving.follow;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A model with a count of its users, ended once, by the last one to leave. It starts with one user, its owner. Thread-safe. */
public final class ServedLease {
  private final Served served;
  private final FileIdentity identity;
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicBoolean ended = new AtomicBoolean();

  ServedLease(Served served, FileIdentity identity) {
    this.served = served;
    this.identity = identity;
  }

  /** What answers. */
  public Served served() {
    return served;
  }

  /** Which file it was. */
  FileIdentity identity() {
    return identity;
  }

  /** Adds a user, or fails if the last one has left. */
  boolean enter() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Takes a user away. */
  public void leave() {
    if (users.decrementAndGet() == 0 && ended.compareAndSet(false, true)) {
      served.end().run();
    }
  }
}
