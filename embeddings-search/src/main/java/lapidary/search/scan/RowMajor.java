package lapidary.search.scan;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Vectors row by row, in chunks that longer versions share. Immutable, thread-safe. */
final class RowMajor {
  private static final int CHUNK = 512;

  private final int dimensions;
  private final int size;
  private final float[][] chunks;
  private final Lengths lengths;

  private RowMajor(int dimensions, int size, float[][] chunks, Lengths lengths) {
    this.dimensions = dimensions;
    this.size = size;
    this.chunks = chunks;
    this.lengths = lengths;
  }

  static RowMajor empty(int dimensions) {
    return new RowMajor(dimensions, 0, new float[0][], Lengths.NONE);
  }

  RowMajor with(float[][] more) {
    int all = size + more.length;
    float[][] longer = Arrays.copyOf(chunks, (all + CHUNK - 1) / CHUNK);
    for (int c = size / CHUNK; c < longer.length; c++) {
      longer[c] = chunk(c, Math.min(CHUNK, all - c * CHUNK), more);
    }
    return new RowMajor(dimensions, all, longer, lengths.with(more));
  }

  private float[] chunk(int c, int rows, float[][] more) {
    int kept = Math.max(0, size - c * CHUNK);
    float[] chunk =
        kept == 0 ? new float[rows * dimensions] : Arrays.copyOf(chunks[c], rows * dimensions);
    for (int i = kept; i < rows; i++) {
      System.arraycopy(more[c * CHUNK + i - size], 0, chunk, i * dimensions, dimensions);
    }
    return chunk;
  }

  /** The rows in the order of an arrangement, those behind it as they are. */
  RowMajor in(Arrangement arrangement) {
    return ordered(
        position -> position < arrangement.size() ? arrangement.row(position) : position);
  }

  /** The rows in another order: which row comes at each place. */
  RowMajor ordered(IntUnaryOperator order) {
    float[][] sorted = new float[chunks.length][];
    for (int c = 0; c < sorted.length; c++) {
      sorted[c] = new float[chunks[c].length];
      for (int i = 0; i < sorted[c].length / dimensions; i++) {
        int row = order.applyAsInt(c * CHUNK + i);
        System.arraycopy(chunks[row / CHUNK], offset(row), sorted[c], i * dimensions, dimensions);
      }
    }
    return new RowMajor(dimensions, size, sorted, lengths);
  }

  int dimensions() {
    return dimensions;
  }

  int size() {
    return size;
  }

  /** Between which lengths the rows are. */
  Lengths lengths() {
    return lengths;
  }

  /** A copy of a row, [dimensions]. */
  float[] row(int row) {
    int offset = offset(row);
    return Arrays.copyOfRange(chunks[row / CHUNK], offset, offset + dimensions);
  }

  /** Writes the values of a row to place {@code at} of each column. */
  void scatter(int row, float[][] columns, int at) {
    float[] chunk = chunks[row / CHUNK];
    int offset = offset(row);
    for (int d = 0; d < dimensions; d++) {
      columns[d][at] = chunk[offset + d];
    }
  }

  /** See {@link Kernel#product(float, float[], float[], int, int, int)}. */
  float product(float sum, float[] query, int row, int from, int to) {
    return Kernel.product(sum, query, chunks[row / CHUNK], offset(row), from, to);
  }

  /** The product of a row with a vector, in double precision. */
  double product(float[] vector, int row) {
    return Kernel.product(vector, chunks[row / CHUNK], offset(row));
  }

  /** The length of a row, 0 or more. */
  double length(int row) {
    return Lengths.length(chunks[row / CHUNK], offset(row), dimensions);
  }

  private int offset(int row) {
    return row % CHUNK * dimensions;
  }
}
