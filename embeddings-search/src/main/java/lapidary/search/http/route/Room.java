package lapidary.search.http.route;

/**
 * Bounds the bytes of bodies and answers that are on their way. Nothing waits for room; who gets none is turned away. An eighth is
 * kept for what is small from its announcement on, so that what is large cannot shut it out. Thread-safe.
 */
final class Room {
  private final long reserve;
  private long free;

  Room(long bytes) {
    this.free = bytes;
    this.reserve = bytes / 8;
  }

  /** What one request holds, until it gives it back. */
  final class Share {
    private long bytes;
    private boolean closed;

    /**
     * Makes this so many bytes large; false, and as it was, if there is no room for that.
     *
     * @param all how many bytes it may come to
     */
    boolean resize(long wanted, long all) {
      synchronized (Room.this) {
        long more = wanted - bytes;
        long left = free - more;
        boolean fits = more <= 0 || left >= (all <= ServerLimits.SMALL_BODY ? 0 : reserve);
        if (closed || !fits) {
          return false;
        }
        free = left;
        bytes = wanted;
        return true;
      }
    }

    /** Gives everything back, for good. Later calls do nothing. */
    void close() {
      synchronized (Room.this) {
        free += bytes;
        bytes = 0;
        closed = true;
      }
    }
  }
}
