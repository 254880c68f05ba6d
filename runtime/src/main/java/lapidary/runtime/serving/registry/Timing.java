package lapidary.runtime.serving.registry;

/**
 * How often something was done, and how long it took.
 *
 * @param count times
 * @param nanos nanoseconds of all together
 */
public record Timing(long count, long nanos) {
  /** Both together. */
  Timing plus(Timing other) {
    return new Timing(count + other.count, nanos + other.nanos);
  }
}
