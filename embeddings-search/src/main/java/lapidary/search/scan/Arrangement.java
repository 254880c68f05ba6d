package lapidary.search.scan;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import lapidary.models.InvalidInputException;

/**
 * How the first rows of an index are arranged: the centres of its cells, which rows each has, in which order, and how many leading
 * dimensions are scored for all rows. Answers never depend on it, only how fast they come; making it takes seconds, so it is worth
 * keeping. Immutable, thread-safe.
 */
public final class Arrangement {
  private static final int MAGIC = 0x4c434531; // LCE1

  private final int cut;
  private final float[][] centres;
  private final int[] ends;
  private final int[] order;

  /**
   * An arrangement.
   *
   * @param cut leading dimensions
   * @param centres the cells' centres, [cells, dimensions]
   * @param ends where in {@code order} each cell ends, [cells]
   * @param order row numbers, cell by cell
   */
  Arrangement(int cut, float[][] centres, int[] ends, int[] order) {
    this.cut = cut;
    this.centres = centres;
    this.ends = ends;
    this.order = order;
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws InvalidInputException if the bytes are not that
   */
  public static Arrangement of(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    try {
      if (from.getInt() != MAGIC) {
        throw unreadable();
      }
      int cut = from.getInt();
      int dimensions = from.getInt();
      int cells = from.getInt();
      int rows = from.getInt();
      long wanted = 20 + 4L * cells * (dimensions + 1L) + 4L * rows;
      if (cells < 1 || rows < 0 || cut < 1 || cut > dimensions || wanted != bytes.length) {
        throw unreadable();
      }
      float[][] centres = new float[cells][dimensions];
      for (float[] centre : centres) {
        from.asFloatBuffer().get(centre);
        from.position(from.position() + 4 * dimensions);
      }
      return new Arrangement(cut, centres, ints(from, cells), ints(from, rows)).checked();
    } catch (BufferUnderflowException e) {
      throw unreadable();
    }
  }

  private static int[] ints(ByteBuffer from, int count) {
    int[] values = new int[count];
    from.asIntBuffer().get(values);
    from.position(from.position() + 4 * count);
    return values;
  }

  private Arrangement checked() {
    int end = 0;
    for (int next : ends) {
      if (next < end) {
        throw unreadable();
      }
      end = next;
    }
    BitSet seen = new BitSet(order.length);
    for (int row : order) {
      if (row < 0 || row >= order.length || seen.get(row)) {
        throw unreadable();
      }
      seen.set(row);
    }
    if (end != order.length || (cut % Kernel.GROUP != 0 && cut != dimensions())) {
      throw unreadable();
    }
    return this;
  }

  private static InvalidInputException unreadable() {
    return new InvalidInputException(
        "these bytes are not the arrangement of an index; arrange the index again");
  }

  /** This arrangement in bytes: 4 for each row, 4 · dimensions for each cell. */
  public byte[] bytes() {
    int width = dimensions();
    ByteBuffer to = ByteBuffer.allocate(20 + 4 * centres.length * (width + 1) + 4 * order.length);
    to.putInt(MAGIC).putInt(cut).putInt(width).putInt(centres.length).putInt(order.length);
    for (float[] centre : centres) {
      for (float value : centre) {
        to.putFloat(value);
      }
    }
    for (int end : ends) {
      to.putInt(end);
    }
    for (int row : order) {
      to.putInt(row);
    }
    return to.array();
  }

  /** How many rows are arranged: the first ones of the index. */
  public int size() {
    return order.length;
  }

  /** How many cells there are. */
  public int cells() {
    return centres.length;
  }

  /** How many leading dimensions are scored for all rows. */
  public int cut() {
    return cut;
  }

  int dimensions() {
    return centres[0].length;
  }

  /** The same with another number of leading dimensions. */
  Arrangement cutAt(int leading) {
    return new Arrangement(leading, centres, ends, order);
  }

  /**
   * The same for fewer rows, which are numbered anew without gaps.
   *
   * @param rows the rows that are still there
   */
  public Arrangement keeping(BitSet rows) {
    int[] numbers = new int[order.length];
    int count = 0;
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = rows.get(row) ? count++ : -1;
    }
    int[] kept = new int[count];
    int[] keptEnds = new int[ends.length];
    int at = 0;
    for (int cell = 0; cell < ends.length; cell++) {
      for (int position = begin(cell); position < ends[cell]; position++) {
        if (numbers[order[position]] >= 0) {
          kept[at++] = numbers[order[position]];
        }
      }
      keptEnds[cell] = at;
    }
    return new Arrangement(cut, centres, keptEnds, kept);
  }

  float[] centre(int cell) {
    return centres[cell];
  }

  /** Where the rows of a cell begin. */
  int begin(int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }

  /** Where the rows of a cell end, exclusive. */
  int end(int cell) {
    return ends[cell];
  }

  /** The row at a position. */
  int row(int position) {
    return order[position];
  }
}
