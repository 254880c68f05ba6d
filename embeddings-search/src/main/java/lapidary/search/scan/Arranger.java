package lapidary.search.scan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts rows into cells, and chooses how many leading dimensions to score by counting what sample queries cost. Stateless. */
final class Arranger {
  /** Rows of a cell that are aimed at. */
  private static final int CELL = 350;

  private static final int FEWEST_CELLS = 16;
  private static final int MOST_CELLS = 1024;
  private static final int QUERIES = 64;
  private static final int NEIGHBOURS = 10;

  private Arranger() {}

  /** Arranges vectors, which are in the order of their numbers. */
  static Arrangement arrange(RowMajor vectors) {
    float[][] centres = KMeans.centres(vectors, cells(vectors.size()));
    Arrangement arrangement = arrangement(vectors, centres);
    RowMajor sorted = vectors.in(arrangement);
    Cells cells = Cells.of(sorted, arrangement);
    return Arrays.stream(Cut.candidates(vectors.dimensions()))
        .mapToObj(cells::cutAt)
        .map(candidate -> new Measured(candidate, cost(sorted, candidate)))
        .min(Comparator.comparingDouble(Measured::cost))
        .orElseThrow()
        .cells()
        .arrangement();
  }

  /** Cells, and what sample queries cost in them. */
  private record Measured(Cells cells, double cost) {}

  /** The power of two nearest to rows / {@value #CELL}. */
  static int cells(int rows) {
    int most = Integer.highestOneBit(Math.max(1, (int) (rows * Math.sqrt(2) / CELL)));
    return Math.max(FEWEST_CELLS, Math.min(MOST_CELLS, most));
  }

  private static Arrangement arrangement(RowMajor vectors, float[][] centres) {
    int[] rows = IntStream.range(0, vectors.size()).toArray();
    int[] nearest = KMeans.nearest(vectors, rows, centres);
    Angles[] angles = Arrays.stream(centres).map(Angles::new).toArray(Angles[]::new);
    double[] cosines = Arrays.stream(rows)
        .parallel()
        .mapToDouble(row -> angles[nearest[row]].cosine(vectors, row))
        .toArray();
    int[] order = Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(row -> nearest[row])
            .thenComparingDouble(row -> cosines[row]))
        .mapToInt(Integer::intValue)
        .toArray();
    int[] ends = new int[centres.length];
    for (int cell : nearest) {
      ends[cell]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    return new Arrangement(Cut.usual(vectors.dimensions()), centres, ends, order);
  }

  /** Half of the searches are among a tenth of the rows: these reach farther, so that more is scanned and less of it finished. */
  private static double cost(RowMajor vectors, Cells cells) {
    Optional<BitSet> tenth = Optional.of(new BitSet(vectors.size()));
    IntStream.iterate(0, row -> row < vectors.size(), row -> row + 10).forEach(tenth.get()::set);
    return IntStream.of(KMeans.spread(vectors.size(), QUERIES))
        .mapToDouble(
            row -> cost(vectors, cells, row, Optional.empty()) + cost(vectors, cells, row, tenth))
        .sum();
  }

  private static double cost(RowMajor vectors, Cells cells, int row, Optional<BitSet> allowed) {
    Query query = new Query(vectors.row(row), cells.arrangement().cut(), vectors.lengths());
    cells.scan(query, vectors, new Best(new TopK(NEIGHBOURS), allowed));
    return query.work().cost();
  }
}
