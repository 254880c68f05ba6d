package lapidary.runtime.serving.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.FileStamp;
import lapidary.runtime.check.OnnxFileCheck;

/**
 * A file and the model of it that answers, if there is one. When the file becomes another one, the new model is opened beside the
 * old one and takes over between two leases; the old one ends with its last lease. Thread-safe; leases wait for nothing.
 */
public final class FollowedFile implements Follower.Leader {
  private final Path file;
  private final Opener opener;
  private final Retries retries;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  // Not synchronized: opening would hold the carrier of a virtual thread before Java 24.
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<ServedLease> current = Optional.empty();
  private volatile Optional<String> problem = Optional.empty();
  private volatile boolean closed;
  private Optional<Seen> seen = Optional.empty();
  private Optional<Seen> last = Optional.empty();

  /** Opens a checked file, ready to answer. */
  @FunctionalInterface
  public interface Opener {
    /** Opens it; {@code identity} is its own. */
    Served open(OnnxFileCheck.Checked file, FileIdentity identity);
  }

  /** What the file, and files of weights that belong to it, looked like. */
  private record Seen(FileStamp file, Map<Path, FileStamp> weights) {}

  /** @param interval from one look to the next, at least 1 ms */
  public FollowedFile(Path file, Opener opener, Duration interval) {
    if (interval.toMillis() < 1) {
      throw new InvalidInputException(
          "looking at a model every " + interval + " is too often; give 1 ms or more");
    }
    this.file = file;
    this.opener = opener;
    this.retries = new Retries(interval);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Why the file as it is was refused, whether an older model of it answers or not. */
  public Optional<String> problem() {
    return problem;
  }

  /** The model that answers now, for its facts; only a lease may run it. */
  public Optional<Served> served() {
    return current.map(ServedLease::served);
  }

  /** Leases the model that answers now; empty if none does or this is closed. Whoever has it calls {@link ServedLease#leave}. */
  public Optional<ServedLease> enter() {
    while (!closed) {
      Optional<ServedLease> lease = current;
      if (lease.isEmpty() || lease.get().enter()) {
        return lease;
      }
    }
    return Optional.empty();
  }

  /**
   * Opens the file, or throws what it is refused by; it is tried again when its turn comes.
   *
   * @throws IllegalStateException if this is closed
   */
  public void open() {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException(file + " was given up while it waited to be opened");
      }
      attempt(see(), false).ifPresent(Tried::orThrow);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks at the file, and opens it if it is another one than before, or one that was refused and whose turn has come. A file that
   * is another one at every look is still being written, and waited for.
   *
   * @param asked whether a refused file is tried again in any case, and another one at once
   * @return empty if there is nothing new
   */
  public Optional<Tried> look(boolean asked) {
    lock.lock();
    try {
      Optional<Seen> now = see();
      boolean again = now.equals(seen);
      boolean settled = asked || now.equals(last);
      last = now;
      boolean wanted = again ? asked ? retries.pending() : retries.due() : settled;
      return closed || now.isEmpty() || !wanted ? Optional.empty() : attempt(now, again);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void lead(Follower follower) {
    lock.lock();
    try {
      ServedLease lease = current.orElseThrow(
          () -> new IllegalStateException(file + " is closed; open the model again"));
      follower.prepare(lease.served().model()).run();
      followers.add(follower);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(Follower follower) {
    followers.remove(follower);
  }

  /** Leases nothing more, waits for a look under way, and gives up the model, which ends with its last lease. */
  public void close() {
    closed = true;
    lock.lock();
    try {
      Optional<ServedLease> last = current;
      current = Optional.empty();
      last.ifPresent(ServedLease::leave);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Tried> attempt(Optional<Seen> now, boolean again) {
    seen = now;
    Optional<Tried> result = replace();
    Optional<String> reason = result.flatMap(Tried::problem);
    problem = reason;
    return retries.tried(reason, again) ? result : Optional.empty();
  }

  /** Empty if the file is the model that answers already. */
  private Optional<Tried> replace() {
    try {
      OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
      FileIdentity identity = FileIdentity.of(checked);
      seen = Optional.of(new Seen(checked.stamp(), identity.weights()));
      if (current.filter(lease -> lease.identity().equals(identity)).isPresent()) {
        return Optional.empty();
      }
      takeOver(new ServedLease(opener.open(checked, identity), identity));
      return Optional.of(new Tried(file, Optional.empty()));
    } catch (RuntimeException | Error e) {
      // Also a lack of memory: the old model answers on, and the next try may succeed.
      return Optional.of(new Tried(file, Optional.of(e)));
    }
  }

  private void takeOver(ServedLease next) {
    prepare(next).forEach(Runnable::run);
    Optional<ServedLease> old = current;
    current = Optional.of(next);
    old.ifPresent(ServedLease::leave);
  }

  private List<Runnable> prepare(ServedLease next) {
    try {
      return followers.stream()
          .map(follower -> follower.prepare(next.served().model()))
          .toList();
    } catch (RuntimeException | Error e) {
      next.leave();
      throw e;
    }
  }

  /** Empty while there is no such file, as in the moment between removing and writing it. */
  private Optional<Seen> see() {
    Set<Path> weights = seen.map(last -> last.weights().keySet()).orElse(Set.of());
    Map<Path, FileStamp> stamps = new TreeMap<>();
    weights.forEach(path -> stamp(path).ifPresent(stamp -> stamps.put(path, stamp)));
    return stamp(file).map(stamp -> new Seen(stamp, stamps));
  }

  private static Optional<FileStamp> stamp(Path path) {
    try {
      return Optional.of(FileStamp.of(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
