package lapidary.search.scan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/**
 * Vectors of length 1 (or 0), searched exactly by inner product: the answer is that of the plain scan over all rows, in rows and in
 * scores, bit for bit. Rows are numbered in the order of adding.
 *
 * <p>Once {@link #arranged}, rows lie in cells around centres, which a query visits nearest first and leaves when the triangle
 * inequality of angles says that nothing in reach is left. In all rows, those added since too, the leading dimensions are scored in
 * blocks (Kuffo, Krippner and Boncz, "PDX", SIGMOD 2025) and the Cauchy-Schwarz inequality, about a block's mean, drops what cannot
 * be among the best.
 *
 * <p>Memory is 8 bytes a value and 20 a row. Immutable and thread-safe; {@link #with} shares what is there.
 */
public final class ExactIndex {
  /** With fewer rows than this, cells would cost more than they save. */
  public static final int SMALL = 4096;

  /** If at most one row in so many is allowed, these are looked up one by one. */
  private static final int FEW = 64;

  /** The arranged rows in that order, then the others. */
  private final RowMajor vectors;

  private final Optional<Cells> cells;
  private final int cut;
  /** The rows behind the arranged ones, in order; full but for the last. */
  private final List<Block> plain;

  private ExactIndex(RowMajor vectors, Optional<Cells> cells, List<Block> full) {
    this.vectors = vectors;
    this.cells = cells;
    this.cut = cells.map(each -> each.arrangement().cut()).orElse(Cut.usual(vectors.dimensions()));
    List<Block> blocks = new ArrayList<>(full);
    for (int first = arrangedRows() + full.size() * Block.ROWS;
        first < vectors.size();
        first += Block.ROWS) {
      int end = Math.min(vectors.size(), first + Block.ROWS);
      blocks.add(Block.of(vectors, first, IntStream.range(first, end).toArray(), cut));
    }
    this.plain = List.copyOf(blocks);
  }

  /**
   * An index of rows, not arranged.
   *
   * @param rows of length 1 or 0, [n, dimensions]; copied
   */
  public static ExactIndex of(int dimensions, float[][] rows) {
    return new ExactIndex(RowMajor.empty(dimensions).with(rows), Optional.empty(), List.of());
  }

  /**
   * An index of rows, the first of which are arranged as they once were.
   *
   * @param rows of length 1 or 0, [n, dimensions]; copied
   * @throws InvalidInputException if the arrangement is of more rows or of another width
   */
  public static ExactIndex of(int dimensions, float[][] rows, Arrangement arrangement) {
    if (arrangement.dimensions() != dimensions || arrangement.size() > rows.length) {
      throw new InvalidInputException("an arrangement of " + arrangement.size() + " rows of "
          + arrangement.dimensions() + " values does not fit " + rows.length + " rows of "
          + dimensions + " values; arrange the index again");
    }
    return of(RowMajor.empty(dimensions).with(rows), arrangement);
  }

  private static ExactIndex of(RowMajor rows, Arrangement arrangement) {
    RowMajor vectors = rows.in(arrangement);
    return new ExactIndex(vectors, Optional.of(Cells.of(vectors, arrangement)), List.of());
  }

  /** The same with more rows behind its own, not arranged until {@link #arranged} is asked for. */
  public ExactIndex with(float[][] more) {
    int full = (size() - arrangedRows()) / Block.ROWS;
    return new ExactIndex(vectors.with(more), cells, plain.subList(0, full));
  }

  /**
   * The same with all rows arranged; as it is below {@value #SMALL} rows. Takes a few seconds of all processors for 100,000 rows of 64
   * values. The same rows are arranged alike each time.
   */
  public ExactIndex arranged() {
    if (size() < SMALL || size() == arrangedRows()) {
      return this;
    }
    RowMajor rows = vectors.ordered(this::position);
    return of(rows, Arranger.arrange(rows));
  }

  /** An index of some of the rows, numbered anew in their order, arranged as they are here. */
  public ExactIndex only(BitSet rows) {
    float[][] chosen = rows.stream().mapToObj(this::row).toArray(float[][]::new);
    return arrangement()
        .map(known -> of(dimensions(), chosen, known.keeping(rows)))
        .orElseGet(() -> of(dimensions(), chosen));
  }

  /** How the rows are arranged, to be kept; empty if they are not. */
  public Optional<Arrangement> arrangement() {
    return cells.map(Cells::arrangement);
  }

  private BitSet places(BitSet rows) {
    BitSet places = new BitSet(size());
    for (int row = rows.nextSetBit(0); row >= 0 && row < size(); row = rows.nextSetBit(row + 1)) {
      places.set(position(row));
    }
    return places;
  }

  private int position(int row) {
    return cells.isPresent() ? cells.get().position(row) : row;
  }

  private int arrangedRows() {
    return cells.map(each -> each.arrangement().size()).orElse(0);
  }

  /** Values of a row. */
  public int dimensions() {
    return vectors.dimensions();
  }

  /** How many rows there are. */
  public int size() {
    return vectors.size();
  }

  /** A copy of a row, [dimensions]. */
  public float[] row(int row) {
    return vectors.row(position(row));
  }

  /**
   * The {@code k} rows with the highest inner products with a query.
   *
   * @param query of length 1 or 0, [dimensions]
   * @param allowed the rows that may be found; empty for all
   */
  public Nearest search(float[] query, int k, Optional<BitSet> allowed) {
    return search(query, k, allowed, Float.NEGATIVE_INFINITY);
  }

  /** The same with inner products of at least {@code minimum} only, so that there may be fewer than {@code k}. */
  public Nearest search(float[] query, int k, Optional<BitSet> allowed, float minimum) {
    TopK top = new TopK(Math.max(1, Math.min(k, size())), minimum);
    Found best = new Best(top, allowed);
    Query asked = new Query(query, cut, vectors.lengths());
    Optional<BitSet> few = allowed.filter(rows -> rows.cardinality() <= size() / FEW);
    if (few.isPresent()) {
      scan(asked, best, few.get());
    } else {
      scan(asked, best);
    }
    return Nearest.of(top);
  }

  /**
   * Gives {@code rows} every row before {@code end} whose inner product with {@code query} is at least {@code threshold}, in any order.
   */
  public void above(float[] query, float threshold, int end, IntConsumer rows) {
    // Unit vectors are that to seven digits only: equal ones shall reach 1.
    scan(new Query(query, cut, vectors.lengths()), new Above(threshold - 1e-6f, end, rows));
  }

  private void scan(Query query, Found found) {
    cells.ifPresent(each -> each.scan(query, vectors, found));
    for (Block block : plain) {
      block.scan(query, vectors, found);
    }
  }

  private void scan(Query query, Found found, BitSet rows) {
    BitSet places = places(rows);
    cells.ifPresent(each -> each.scan(query, vectors, found, places));
    for (Block block : plain) {
      block.scan(query, vectors, found, places);
    }
  }
}
