package lapidary.search.http.route;

import java.util.Optional;

/**
 * Bounds what requests hold: so many at the same time, whose bodies take so many bytes together. Nothing waits for a place; who
 * gets none is turned away. Thread-safe.
 */
final class Places {
  private int free;
  private long freeBytes;

  /**
   * Makes places.
   *
   * @param count requests at the same time
   * @param bytes of all their bodies together
   */
  Places(int count, long bytes) {
    this.free = count;
    this.freeBytes = bytes;
  }

  /** What one request holds, until it gives it back. */
  final class Place {
    private long bytes;
    private boolean held;

    /** Takes room for so many more bytes of the body; false if there is not one. */
    boolean grow(long more) {
      synchronized (Places.this) {
        if (more > freeBytes) {
          return false;
        }
        freeBytes -= more;
        bytes += more;
        return true;
      }
    }

    /** Gives everything back. Later calls do nothing. */
    void release() {
      synchronized (Places.this) {
        if (held) {
          held = false;
          free++;
          freeBytes += bytes;
        }
      }
    }

    private boolean take() {
      synchronized (Places.this) {
        held = free > 0;
        free -= held ? 1 : 0;
        return held;
      }
    }
  }

  /** A place of its own for a request; empty if there is not one. */
  Optional<Place> take() {
    Place place = new Place();
    return place.take() ? Optional.of(place) : Optional.empty();
  }
}
