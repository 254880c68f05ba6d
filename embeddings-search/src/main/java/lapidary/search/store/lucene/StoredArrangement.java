package lapidary.search.store.lucene;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import lapidary.models.InvalidInputException;
import lapidary.search.scan.Arrangement;

/**
 * How rows are arranged, kept with the index: rows are named by the numbers of their changes, since other rows may have been removed
 * when it is read. Stateless.
 */
final class StoredArrangement {
  private StoredArrangement() {}

  static byte[] bytes(Arrangement arrangement, Rows rows) {
    byte[] cells = arrangement.bytes();
    ByteBuffer to =
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES * arrangement.size() + cells.length);
    to.putInt(arrangement.size());
    for (int row = 0; row < arrangement.size(); row++) {
      to.putLong(rows.number(row));
    }
    return to.put(cells).array();
  }

  /**
   * The arrangement for rows as they are now.
   *
   * @throws InvalidInputException if the bytes are not an arrangement of these rows
   */
  static Arrangement read(byte[] bytes, Rows rows) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    try {
      int size = from.getInt();
      BitSet kept = new BitSet(size);
      int expected = 0;
      for (int i = 0; i < size; i++) {
        long number = from.getLong();
        if (expected < rows.size() && rows.number(expected) == number) {
          kept.set(i);
          expected++;
        }
      }
      byte[] cells = new byte[from.remaining()];
      from.get(cells);
      return Arrangement.of(cells).keeping(kept);
    } catch (BufferUnderflowException e) {
      throw new InvalidInputException(
          "it holds an arrangement of rows that is cut off; index again", e);
    }
  }
}
