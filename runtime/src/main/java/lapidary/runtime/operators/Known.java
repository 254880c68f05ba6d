package lapidary.runtime.operators;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value of the graph before anything runs. Immutable.
 *
 * @param type TensorProto.DataType, or 0
 * @param dims sizes, {@link #OPEN} for one that is open; null if not even the rank is known
 * @param values of a small tensor of whole numbers that sizes are made of, {@link #UNTOLD} for one that depends on an open size;
 *     null if they do not follow from the file
 * @param reals of a small tensor of real numbers that stands in the file; else null
 */
record Known(
    int type,
    @Nullable List<Long> dims,
    @Nullable List<Long> values,
    @Nullable List<Float> reals) {
  static final long OPEN = -1;
  /** Stands for a number that is not told. It is none that an exporter writes, and a file that has it is refused. */
  static final long UNTOLD = Long.MIN_VALUE + 0x5EED;

  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int STRING = 8;
  static final int BOOL = 9;

  /** Of a value that is not there, or of which nothing follows. */
  static final Known NOTHING = new Known(0, null, null, null);

  /** Bytes an element, by type; texts as their objects are. Types of less than a byte and complex numbers are not in it. */
  private static final Map<Integer, Integer> WIDTHS = Map.ofEntries(
      Map.entry(1, 4),
      Map.entry(2, 1),
      Map.entry(3, 1),
      Map.entry(4, 2),
      Map.entry(5, 2),
      Map.entry(6, 4),
      Map.entry(7, 8),
      Map.entry(8, 32),
      Map.entry(9, 1),
      Map.entry(10, 2),
      Map.entry(11, 8),
      Map.entry(12, 4),
      Map.entry(13, 8),
      Map.entry(16, 2));

  Known {
    dims = dims == null ? null : List.copyOf(dims);
    values = values == null ? null : List.copyOf(values);
    reals = reals == null ? null : List.copyOf(reals);
  }

  Known(int type, @Nullable List<Long> dims, @Nullable List<Long> values) {
    this(type, dims, values, null);
  }

  static Known of(int type, @Nullable List<Long> dims) {
    return new Known(type, dims, null);
  }

  /** Of a rank alone. */
  static Known ranked(int type, int rank) {
    return of(type, rank < 0 ? null : Collections.nCopies(rank, OPEN));
  }

  /** Holds for numbers that stand in the file: one that looks as if it were not told would hide a size. */
  static void requireTold(List<Long> written) throws RefusedGraph {
    RefusedGraph.require(!written.contains(UNTOLD), "holds the number %s", UNTOLD);
  }

  static boolean isType(int type) {
    return WIDTHS.containsKey(type);
  }

  /** Bytes an element; 8 if the type is unknown. */
  static int width(int type) {
    return WIDTHS.getOrDefault(type, Long.BYTES);
  }

  /** As a cast gives it: whole numbers lose what has no room, and what is of another type is no longer reckoned with. */
  Known cast(int other) {
    if (values == null || (other != INT32 && other != INT64)) {
      return of(other, dims);
    }
    List<Long> cast = values.stream()
        .map(value -> other == INT32 && value != UNTOLD ? (Long) (long) value.intValue() : value)
        .toList();
    return new Known(other, dims, cast);
  }

  /** The number of dimensions, or -1. */
  int rank() {
    return dims == null ? -1 : dims.size();
  }

  /** A size from the front or, below zero, from the back; open if it is not known. */
  long size(int axis) {
    int at = axis < 0 ? axis + rank() : axis;
    return dims == null || at < 0 || at >= dims.size() ? OPEN : dims.get(at);
  }

  /** Elements; open if a size is. */
  long count() {
    return dims == null ? OPEN : product(dims);
  }

  /** Bytes, open sizes taken as 1; as a double, for the product may be no number. */
  double bytes() {
    double bytes = width(type);
    for (long size : dims == null ? List.<Long>of() : dims) {
      bytes *= size < 0 ? 1 : size;
    }
    return bytes;
  }

  boolean hasZero() {
    return dims != null && dims.contains(0L);
  }

  /** A product; open if a factor is, or if it is too large to be a number. */
  static long product(List<Long> sizes) {
    double product = 1;
    for (long size : sizes) {
      if (size < 0) {
        return OPEN;
      }
      product *= size;
    }
    return product < 1L << 52 ? (long) product : OPEN;
  }
}
