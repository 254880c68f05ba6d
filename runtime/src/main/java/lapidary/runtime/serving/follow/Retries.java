package lapidary.runtime.serving.follow;

import java.time.Duration;
import java.util.Optional;

/**
 * When a file that was refused is tried again: at the next look, then after two looks, four, and so on, up to a minute's. Not
 * thread-safe.
 */
final class Retries {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** Looks from one try to the next, at most. */
  private final long most;

  private Optional<String> problem = Optional.empty();
  private long wait;
  private long left;

  Retries(Duration interval) {
    this.most = Math.max(1, MINUTE / interval.toMillis());
  }

  /** Whether the file as it is was refused. */
  boolean pending() {
    return problem.isPresent();
  }

  /** Whether it is to be tried at this look. */
  boolean due() {
    return pending() && --left <= 0;
  }

  /**
   * Takes note of how a try went.
   *
   * @param result why the file was refused; empty if it was not
   * @param again whether the file is the one that was tried before
   * @return whether this is another problem than before, or none
   */
  boolean tried(Optional<String> result, boolean again) {
    Optional<String> before = again ? problem : Optional.empty();
    problem = result;
    wait = again ? Math.min(most, wait * 2) : 1;
    left = wait;
    return problem.isEmpty() || !problem.equals(before);
  }
}
