package lapidary.search.scan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** The arranged rows of an index. Immutable, thread-safe. */
final class Cells {
  private final Arrangement arrangement;
  private final Cell[] cells;
  /** The centres, dimension by dimension, [dimensions, cells]. */
  private final double[][] centres;
  /** The centres' lengths. */
  private final double[] lengths;
  /** Where each row is in the arrangement. */
  private final int[] positions;

  private Cells(
      Arrangement arrangement, Cell[] cells, double[][] centres, double[] lengths, int[] at) {
    this.arrangement = arrangement;
    this.cells = cells;
    this.centres = centres;
    this.lengths = lengths;
    this.positions = at;
  }

  /** Cells of vectors in the order of the arrangement. */
  static Cells of(RowMajor vectors, Arrangement arrangement) {
    int count = arrangement.cells();
    double[][] centres = new double[vectors.dimensions()][count];
    double[] lengths = new double[count];
    for (int c = 0; c < count; c++) {
      float[] centre = arrangement.centre(c);
      for (int d = 0; d < centre.length; d++) {
        centres[d][c] = centre[d];
      }
      lengths[c] = Lengths.length(centre, 0, centre.length);
    }
    Cell[] cells = IntStream.range(0, count)
        .parallel()
        .mapToObj(cell -> Cell.of(vectors, arrangement, cell))
        .toArray(Cell[]::new);
    int[] positions = new int[arrangement.size()];
    for (int p = 0; p < positions.length; p++) {
      positions[arrangement.row(p)] = p;
    }
    return new Cells(arrangement, cells, centres, lengths, positions);
  }

  /** The same rows with another number of leading dimensions; shares their vectors. */
  Cells cutAt(int leading) {
    Cell[] cut = Arrays.stream(cells).map(cell -> cell.cutAt(leading)).toArray(Cell[]::new);
    return new Cells(arrangement.cutAt(leading), cut, centres, lengths, positions);
  }

  Arrangement arrangement() {
    return arrangement;
  }

  /** Visits the cells, nearest first. */
  void scan(Query query, RowMajor vectors, Found found) {
    double[] angles = angles(query);
    for (int cell : nearestFirst(angles)) {
      cells[cell].scan(query, angles[cell], vectors, found);
    }
  }

  /** Where a row is in the vectors. */
  int position(int row) {
    return row < positions.length ? positions[row] : row;
  }

  /** The same for few rows, those at {@code places} in the vectors. */
  void scan(Query query, RowMajor vectors, Found found, BitSet places) {
    double[] angles = angles(query);
    for (int cell : nearestFirst(angles)) {
      cells[cell].scan(query, angles[cell], vectors, found, places);
    }
  }

  private double[] angles(Query query) {
    double[] angles = new double[cells.length];
    Kernel.add(angles, centres, query.values());
    for (int c = 0; c < angles.length; c++) {
      angles[c] = Angles.angle(Angles.cosine(angles[c], query.length() * lengths[c]));
    }
    return angles;
  }

  private static int[] nearestFirst(double[] angles) {
    long[] keys = new long[angles.length];
    for (int c = 0; c < keys.length; c++) {
      // Bits of floats that are not negative are ordered as these are.
      keys[c] = (long) Float.floatToIntBits((float) angles[c]) << 32 | c;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int c = 0; c < order.length; c++) {
      order[c] = (int) keys[c];
    }
    return order;
  }
}
