package lapidary.search.scan;

import java.util.BitSet;

/**
 * Rows around a centre, in blocks. By the triangle inequality of angles a row at angle φ from a centre that is at angle θ from the
 * query is at least |θ − φ| from the query. Immutable, thread-safe.
 */
final class Cell {
  private final Block[] blocks;
  /** The smallest and largest angles of each block's rows to the centre. */
  private final double[] nearest;

  private final double[] farthest;
  /** The largest angle of each block's rows and those behind it. */
  private final double[] rest;

  private Cell(Block[] blocks, double[] nearest, double[] farthest) {
    this.blocks = blocks;
    this.nearest = nearest;
    this.farthest = farthest;
    this.rest = farthest.clone();
    for (int b = rest.length - 2; b >= 0; b--) {
      rest[b] = Math.max(rest[b], rest[b + 1]);
    }
  }

  /** A cell of vectors in the order of the arrangement. */
  static Cell of(RowMajor vectors, Arrangement arrangement, int cell) {
    int begin = arrangement.begin(cell);
    int count = (arrangement.end(cell) - begin + Block.ROWS - 1) / Block.ROWS;
    Block[] blocks = new Block[count];
    double[] nearest = new double[count];
    double[] farthest = new double[count];
    Angles angles = new Angles(arrangement.centre(cell));
    for (int b = 0; b < count; b++) {
      int first = begin + b * Block.ROWS;
      int[] rows = new int[Math.min(Block.ROWS, arrangement.end(cell) - first)];
      double least = 1;
      double most = -1;
      for (int j = 0; j < rows.length; j++) {
        rows[j] = arrangement.row(first + j);
        double cosine = angles.cosine(vectors, first + j);
        least = Math.min(least, cosine);
        most = Math.max(most, cosine);
      }
      nearest[b] = Math.acos(most);
      farthest[b] = Math.acos(least);
      blocks[b] = Block.of(vectors, first, rows, arrangement.cut());
    }
    return new Cell(blocks, nearest, farthest);
  }

  Cell cutAt(int leading) {
    Block[] cut = new Block[blocks.length];
    for (int b = 0; b < cut.length; b++) {
      cut[b] = blocks[b].cutAt(leading);
    }
    return new Cell(cut, nearest, farthest);
  }

  /** Scans the blocks in reach, the farthest rows first, and leaves once none behind is. */
  void scan(Query query, double angle, RowMajor vectors, Found found) {
    for (int b = 0; b < blocks.length; b++) {
      double reach = query.reach(found.threshold());
      if (angle - rest[b] > reach) {
        return;
      }
      if (inReach(b, angle, reach)) {
        blocks[b].scan(query, vectors, found);
      }
    }
  }

  /** The same for few rows, those at {@code positions} in the vectors. */
  void scan(Query query, double angle, RowMajor vectors, Found found, BitSet positions) {
    for (int b = 0; b < blocks.length; b++) {
      double reach = query.reach(found.threshold());
      if (angle - rest[b] > reach) {
        return;
      }
      if (inReach(b, angle, reach)) {
        blocks[b].scan(query, vectors, found, positions);
      }
    }
  }

  private boolean inReach(int block, double angle, double reach) {
    return angle - farthest[block] <= reach && nearest[block] - angle <= reach;
  }
}
