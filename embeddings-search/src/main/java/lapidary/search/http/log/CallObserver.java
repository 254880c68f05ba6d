package lapidary.search.http.log;

/** Is told of each request, by the threads that serve them: be quick. Thread-safe. */
public interface CallObserver {
  /** A request has come, and {@link #ended} is to follow. */
  default void began() {}

  /** It has been answered, or its client has gone. */
  void ended(Ended ended);

  /**
   * A request that has ended.
   *
   * @param call what it was
   * @param method as it was sent
   * @param path as it was sent, without what stands behind the question mark
   * @param from the address that sent it
   * @param status of the answer
   * @param bytes of the answer's content, as far as they were written
   * @param nanos from its first byte to the end
   */
  record Ended(
      Call call, String method, String path, String from, int status, long bytes, long nanos) {}
}
