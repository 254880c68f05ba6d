package lapidary.search;

import java.util.stream.IntStream;
import lapidary.search.pca.FiniteVector;
import lapidary.search.pca.RowSource;
import lapidary.search.scan.Kernel;

/**
 * The cosines of some rows with all rows. Columns are read in panels, a panel's columns each an array over rows, so that the inner
 * loop adds four columns to a row of scores, which the JIT compiler turns into SIMD instructions; several queries share the columns
 * while they are in the cache. Thread-safe.
 */
final class Cosines {
  /** Rows that are compared with all others at once. */
  static final int QUERIES = 512;

  /** Columns of a panel; a multiple of four. */
  private static final int PANEL = 256;
  /** Rows whose scores and four columns stay in the first-level cache. */
  private static final int TILE = 1024;
  /** Queries that share a tile. */
  private static final int GROUP = 16;

  private final RowSource rows;
  private final double[] lengths;

  Cosines(RowSource rows) {
    this.rows = rows;
    this.lengths = IntStream.range(0, rows.count())
        .parallel()
        .mapToDouble(row -> length(rows.row(row)))
        .toArray();
  }

  /** The length of a row, 1 for a zero row, whose cosines are all 0. */
  private static double length(float[] row) {
    double squares = FiniteVector.dot(row, row);
    return squares > 0 ? Math.sqrt(squares) : 1;
  }

  /** The cosines of {@value #QUERIES} rows from {@code first} on, or as many as there are, [queries, rows]. */
  float[][] of(int first) {
    int queries = Math.min(QUERIES, rows.count() - first);
    float[][] scores = new float[queries][rows.count()];
    for (int from = 0; from < rows.columns(); from += PANEL) {
      float[][] panel = panel(from);
      float[][] own = rows(panel, first, queries);
      IntStream.rangeClosed(0, (queries - 1) / GROUP).parallel().forEach(group -> {
        int last = Math.min(queries, (group + 1) * GROUP);
        for (int tile = 0; tile < rows.count(); tile += TILE) {
          add(scores, panel, own, new Tile(group * GROUP, last, tile));
        }
      });
    }
    return scores;
  }

  /** Queries from {@code from} to {@code to} with the rows from {@code start} on. */
  private record Tile(int from, int to, int start) {}

  /** Some rows of a panel, [count, panel's columns]. */
  private static float[][] rows(float[][] panel, int first, int count) {
    float[][] rows = new float[count][panel.length];
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < panel.length; c++) {
        rows[row][c] = panel[c][first + row];
      }
    }
    return rows;
  }

  private float[][] panel(int from) {
    float[][] panel = new float[Math.min(PANEL, rows.columns() - from)][rows.count()];
    IntStream.range(0, rows.count()).parallel().forEach(row -> {
      float[] part = new float[panel.length];
      rows.read(row, from, part);
      for (int c = 0; c < part.length; c++) {
        panel[c][row] = (float) (part[c] / lengths[row]);
      }
    });
    return panel;
  }

  private void add(float[][] scores, float[][] panel, float[][] own, Tile tile) {
    int end = Math.min(rows.count(), tile.start() + TILE);
    int c = 0;
    for (; c + Kernel.GROUP <= panel.length; c += Kernel.GROUP) {
      for (int query = tile.from(); query < tile.to(); query++) {
        Kernel.addFour(scores[query], panel, own[query], c, tile.start(), end);
      }
    }
    for (; c < panel.length; c++) {
      for (int query = tile.from(); query < tile.to(); query++) {
        Kernel.addOne(scores[query], panel[c], own[query][c], tile.start(), end);
      }
    }
  }
}
