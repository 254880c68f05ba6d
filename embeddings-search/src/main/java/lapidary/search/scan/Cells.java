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
  /** The largest angle of each cell's rows to its centre, here and not in the cells: most of these are not visited. */
  private final double[] farthest;
  /** Where each row is in the arrangement. */
  private final int[] positions;

  private Cells(
      Arrangement arrangement, Cell[] cells, double[][] centres, double[] lengths, int[] at) {
    this.arrangement = arrangement;
    this.cells = cells;
    this.centres = centres;
    this.lengths = lengths;
    this.farthest = Arrays.stream(cells).mapToDouble(Cell::farthest).toArray();
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

  /** Where a row is in the vectors. */
  int position(int row) {
    return row < positions.length ? positions[row] : row;
  }

  /** Offers what may be found. */
  void scan(Query query, RowMajor vectors, Found found) {
    visit(query, found, (cell, angle) -> cell.scan(query, angle, vectors, found));
  }

  /** The same for few rows, those at {@code places} in the vectors. */
  void scan(Query query, RowMajor vectors, Found found, BitSet places) {
    visit(query, found, (cell, angle) -> cell.scan(query, angle, vectors, found, places));
  }

  /** What is done with a cell at an angle from the query. */
  @FunctionalInterface
  private interface Visit {
    void of(Cell cell, double angle);
  }

  /** Visits the cells in reach, nearest first. After the nearest few are left, and only these are put in order. */
  private void visit(Query query, Found found, Visit visit) {
    double[] angles = angles(query);
    int nearest = 0;
    for (int c = 1; c < angles.length; c++) {
      nearest = angles[c] < angles[nearest] ? c : nearest;
    }
    visit.of(cells[nearest], angles[nearest]);
    for (int cell : others(angles, nearest, query.reach(found.threshold()))) {
      if (angles[cell] - farthest[cell] <= query.reach(found.threshold())) {
        visit.of(cells[cell], angles[cell]);
      }
    }
  }

  private int[] others(double[] angles, int nearest, double reach) {
    long[] keys = new long[angles.length];
    int count = 0;
    for (int c = 0; c < keys.length; c++) {
      if (c != nearest && angles[c] - farthest[c] <= reach) {
        // Bits of floats that are not negative are ordered as these are.
        keys[count++] = (long) Float.floatToIntBits((float) angles[c]) << 32 | c;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  private double[] angles(Query query) {
    double[] angles = new double[cells.length];
    Kernel.add(angles, centres, query.values());
    for (int c = 0; c < angles.length; c++) {
      angles[c] = Angles.angle(Angles.cosine(angles[c], query.length() * lengths[c]));
    }
    return angles;
  }
}
