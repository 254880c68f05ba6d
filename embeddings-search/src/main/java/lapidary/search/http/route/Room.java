package lapidary.search.http.route;

/**
 * Bounds the bytes of bodies and answers that are on their way. Nothing waits for room; who gets none is turned away. An eighth is
 * kept for small shares, so that large ones cannot shut them out. Thread-safe.
 */
final class Room {
  private static final int SMALL = ServerLimits.SMALL_BODY;

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

    /** Makes this so many bytes large; false, and as it was, if there is no room for that. */
    boolean resize(long wanted) {
      synchronized (Room.this) {
        long more = wanted - bytes;
        long left = free - more;
        boolean fits = more <= 0 || left >= (wanted <= SMALL ? 0 : reserve);
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
