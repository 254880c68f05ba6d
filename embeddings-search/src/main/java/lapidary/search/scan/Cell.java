package lapidary.search.scan;

import java.util.BitSet;

/**
 * Rows around a centre, in blocks. By the triangle inequality of angles a row at angle φ from a centre that is at angle θ from the
 * query is at least |θ − φ| from the query. Immutable, thread-safe.
 */
final class Cell {
  private final Block[] blocks;
  /** The smallest angle of each block's rows to the centre. */
  private final double[] nearest;
  /** For each row of each block the largest angle to the centre of it and of those behind it in the cell, rounded up. */
  private final float[][] rest;

  private Cell(Block[] blocks, double[] nearest, float[][] rest) {
    this.blocks = blocks;
    this.nearest = nearest;
    this.rest = rest;
  }

  /** A cell of vectors in the order of the arrangement. */
  static Cell of(RowMajor vectors, Arrangement arrangement, int cell) {
    int begin = arrangement.begin(cell);
    int count = (arrangement.end(cell) - begin + Block.ROWS - 1) / Block.ROWS;
    Block[] blocks = new Block[count];
    double[] nearest = new double[count];
    float[][] rest = new float[count][];
    Angles angles = new Angles(arrangement.centre(cell));
    float farthest = 0;
    // From the last row on, since each has to know what is behind it.
    for (int b = count - 1; b >= 0; b--) {
      int first = begin + b * Block.ROWS;
      int[] rows = new int[Math.min(Block.ROWS, arrangement.end(cell) - first)];
      rest[b] = new float[rows.length];
      nearest[b] = Math.PI;
      for (int j = rows.length - 1; j >= 0; j--) {
        rows[j] = arrangement.row(first + j);
        double angle = Math.acos(angles.cosine(vectors, first + j));
        nearest[b] = Math.min(nearest[b], angle);
        farthest = Math.max(farthest, Query.up(angle));
        rest[b][j] = farthest;
      }
      blocks[b] = Block.of(vectors, first, rows, arrangement.cut());
    }
    return new Cell(blocks, nearest, rest);
  }

  Cell cutAt(int leading) {
    Block[] cut = new Block[blocks.length];
    for (int b = 0; b < cut.length; b++) {
      cut[b] = blocks[b].cutAt(leading);
    }
    return new Cell(cut, nearest, rest);
  }

  /** The largest angle of a row to the centre; below 0 without a row. */
  double farthest() {
    return rest.length == 0 ? -1 : rest[0][0];
  }

  /** Scans the rows in reach, the farthest from the centre first, and leaves once none behind is. */
  void scan(Query query, double angle, RowMajor vectors, Found found) {
    for (int b = 0; b < blocks.length; b++) {
      double reach = query.reach(found.threshold());
      int rows = inReach(rest[b], angle - reach);
      if (rows == 0) {
        return;
      }
      if (nearest[b] - angle <= reach) {
        blocks[b].scan(query, vectors, found, rows);
      }
    }
  }

  /** The same for few rows, those at {@code positions} in the vectors. */
  void scan(Query query, double angle, RowMajor vectors, Found found, BitSet positions) {
    for (int b = 0; b < blocks.length; b++) {
      double reach = query.reach(found.threshold());
      int rows = inReach(rest[b], angle - reach);
      if (rows == 0) {
        return;
      }
      if (nearest[b] - angle <= reach) {
        blocks[b].scan(query, vectors, found, rows, positions);
      }
    }
  }

  /** How many of the first rows of a block are so far from the centre, or have such a row behind them. */
  private static int inReach(float[] rest, double angle) {
    int low = 0;
    int high = rest.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rest[middle] >= angle) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
