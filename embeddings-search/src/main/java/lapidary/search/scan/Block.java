package lapidary.search.scan;

import java.util.Arrays;
import java.util.BitSet;

/**
 * At most {@value #ROWS} rows, each dimension an array of its own. The leading dimensions are scored for all of them; what cannot
 * reach the threshold by the Cauchy-Schwarz inequality about the mean m of the rows, q·x ≤ q₁·x₁ + q₂·m₂ + |q₂||x₂ − m₂|, is dropped,
 * and what is left is finished in the order of sums that a plain scan has. Immutable, thread-safe.
 */
final class Block {
  static final int ROWS = 512;

  /** Columns are a multiple of this long, behind the rows zeros: short loops behind SIMD ones cost as much as these. */
  private static final int LANES = 16;
  /** If more than one row in so many is left, finishing all of them by columns is faster. */
  private static final int FEW = 6;

  /** Where the first row is in the vectors. */
  private final int first;
  /** The rows' numbers. */
  private final int[] rows;

  private final float[][] columns;
  private final int cut;
  /** The mean of the rows. */
  private final float[] mean;
  /** How far the rows are from their mean beyond the leading dimensions, rounded up. */
  private final float[] tails;

  private Block(int first, int[] rows, float[][] columns, float[] mean, int cut) {
    this.first = first;
    this.rows = rows;
    this.columns = columns;
    this.mean = mean;
    this.cut = cut;
    this.tails = tails(columns, mean, cut, rows.length);
  }

  /** The vectors from {@code first} on, which are the rows of these numbers. */
  static Block of(RowMajor vectors, int first, int[] rows, int cut) {
    int stride = (rows.length + LANES - 1) / LANES * LANES;
    float[][] columns = new float[vectors.dimensions()][stride];
    for (int j = 0; j < rows.length; j++) {
      vectors.scatter(first + j, columns, j);
    }
    return new Block(first, rows, columns, mean(columns, rows.length), cut);
  }

  private static float[] mean(float[][] columns, int size) {
    float[] mean = new float[columns.length];
    for (int d = 0; d < mean.length; d++) {
      double sum = 0;
      for (int j = 0; j < size; j++) {
        sum += columns[d][j];
      }
      mean[d] = (float) (sum / size);
    }
    return mean;
  }

  /** The same rows with another number of leading dimensions; shares the columns. */
  Block cutAt(int leading) {
    return new Block(first, rows, columns, mean, leading);
  }

  private static float[] tails(float[][] columns, float[] mean, int cut, int size) {
    double[] squares = new double[size];
    for (int d = cut; d < columns.length; d++) {
      float[] column = columns[d];
      double middle = mean[d];
      for (int j = 0; j < size; j++) {
        squares[j] += (column[j] - middle) * (column[j] - middle);
      }
    }
    float[] tails = new float[size];
    for (int j = 0; j < size; j++) {
      tails[j] = Query.up(Math.sqrt(squares[j]));
    }
    return tails;
  }

  /** Offers every row that may be found, or at least those that reach the threshold. */
  void scan(Query query, RowMajor vectors, Found found) {
    scan(query, vectors, found, rows.length);
  }

  /** The same for the first {@code size} rows. */
  void scan(Query query, RowMajor vectors, Found found, int size) {
    float[] scores = query.scores();
    int wide = (size + LANES - 1) / LANES * LANES;
    Arrays.fill(scores, 0, wide, 0);
    Kernel.add(scores, columns, query.values(), 0, cut, wide);
    query.work().scanned(size, cut);
    float limit = query.limit(found.threshold(), query.tail(mean));
    int count = keep(scores, query.tail(), limit, size, query.places());
    count = accepted(query.places(), count, found);
    int rest = columns.length - cut;
    if (count * FEW > size) {
      query.work().finishedTogether(count, size, rest);
      Kernel.add(scores, columns, query.values(), cut, columns.length, wide);
      offer(query, count, found);
    } else {
      query.work().finishedAlone(count, rest);
      finish(query, count, vectors, found);
    }
  }

  private int keep(float[] scores, float tail, float limit, int size, int[] places) {
    int count = 0;
    for (int j = 0; j < size; j++) {
      if (scores[j] + tail * tails[j] >= limit) {
        places[count++] = j;
      }
    }
    return count;
  }

  private int accepted(int[] places, int count, Found found) {
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      if (found.accepts(rows[places[i]])) {
        places[accepted++] = places[i];
      }
    }
    return accepted;
  }

  private void offer(Query query, int count, Found found) {
    for (int i = 0; i < count; i++) {
      int place = query.places()[i];
      if (query.scores()[place] >= found.threshold()) {
        found.offer(rows[place], query.scores()[place]);
      }
    }
  }

  private void finish(Query query, int count, RowMajor vectors, Found found) {
    for (int i = 0; i < count; i++) {
      int place = query.places()[i];
      finish(query, place, query.scores()[place], vectors, found);
    }
  }

  private void finish(Query query, int place, float score, RowMajor vectors, Found found) {
    float[] values = query.values();
    found.offer(rows[place], vectors.product(score, values, first + place, cut, columns.length));
  }

  void scan(Query query, RowMajor vectors, Found found, BitSet positions) {
    scan(query, vectors, found, rows.length, positions);
  }

  /** The same for few rows: those of the first {@code size} that are at {@code positions} in the vectors. */
  void scan(Query query, RowMajor vectors, Found found, int size, BitSet positions) {
    double shift = query.tail(mean);
    for (int at = positions.nextSetBit(first);
        at >= 0 && at < first + size;
        at = positions.nextSetBit(at + 1)) {
      int place = at - first;
      float score = vectors.product(0, query.values(), at, 0, cut);
      if (score + query.tail() * tails[place] >= query.limit(found.threshold(), shift)) {
        finish(query, place, score, vectors, found);
      }
    }
  }
}
