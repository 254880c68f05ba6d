package lapidary.search.space;

import java.util.Arrays;

/** Parts of arrays of equally long things. Stateless. */
final class Pieces {
  private Pieces() {}

  /** Those from one on, {@code count} at most; a copy. */
  static byte[] of(byte[] all, int bytes, int from, int count) {
    long first = Math.min(all.length, (long) from * bytes);
    long end = Math.min(all.length, first + (long) count * bytes);
    return Arrays.copyOfRange(all, (int) first, (int) end);
  }
}
