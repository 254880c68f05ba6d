package lapidary.runtime.serving;

/**
 * More was asked for than the model can answer in time: the queue is full, or the answer took too long. The same request may work
 * a moment later. An HTTP service answers 429 (Too Many Requests) with {@code Retry-After: 1}, as that of
 * {@code lapidary-embeddings-search} does.
 */
public final class OverloadedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a sentence that says which limit was met. */
  public OverloadedException(String message) {
    super(message);
  }
}
