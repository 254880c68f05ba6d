package lapidary.runtime.serving;

/**
 * Is told what a {@link Batcher} does, by the threads that do it, so it must be quick and throw nothing. Thread-safe.
 */
public interface BatchObserver {
  /** Looks away: nothing is measured. */
  BatchObserver NONE = new BatchObserver() {
    @Override
    public void ran(int rows, long nanos) {}

    @Override
    public void waited(long nanos) {}
  };

  /** The model ran this many rows, in this time. */
  void ran(int rows, long nanos);

  /** A row waited this long for its run to begin. Rows that found a place free are not told of. */
  void waited(long nanos);
}
