package lapidary.search.store.lucene;

import java.nio.ByteBuffer;
import java.util.Base64;
import lapidary.models.InvalidInputException;

/** Places in the order of adding, as text that names the store it is of. Immutable. */
final class Cursor {
  private final int store;

  /** Of the store of an identity. */
  Cursor(String identity) {
    this.store = identity.hashCode();
  }

  /** Before what a change put. */
  String before(long number) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
        .putInt(store)
        .putLong(number - 1)
        .array();
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /**
   * The last change before a cursor.
   *
   * @throws InvalidInputException if the text is not a cursor of this store
   */
  long read(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.remaining() == Integer.BYTES + Long.BYTES && bytes.getInt() == store) {
        return bytes.getLong();
      }
    } catch (IllegalArgumentException e) {
      // The same as any other text.
    }
    throw new InvalidInputException("the cursor is not one of this collection as it is now; take"
        + " \"next\" of its last page, or begin without a cursor");
  }
}
