package lapidary.search.pca;

import lapidary.models.InvalidInputException;

/**
 * Rows of floats that can be read in any order and more than once, [count, columns]: what a fit or a measurement that takes
 * several passes needs. Reading is thread-safe.
 */
public interface RowSource {
  /** The number of rows. */
  int count();

  /** The width of a row. */
  int columns();

  /**
   * Fills {@code target} with the values of a row from column {@code from} on.
   *
   * @param row 0 to count − 1
   * @param from 0 to columns − {@code target.length}
   */
  void read(int row, int from, float[] target);

  /** A copy of a row, [columns]. */
  default float[] row(int row) {
    float[] result = new float[columns()];
    read(row, 0, result);
    return result;
  }

  /**
   * Rows that are in memory, not copied: they must not change while they are read.
   *
   * @throws InvalidInputException if the rows differ in width or hold values that are not finite
   */
  static RowSource of(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    for (int i = 0; i < rows.length; i++) {
      FiniteVector.require(rows[i], columns, "vector " + i);
    }
    return new RowSource() {
      @Override
      public int count() {
        return rows.length;
      }

      @Override
      public int columns() {
        return columns;
      }

      @Override
      public void read(int row, int from, float[] target) {
        System.arraycopy(rows[row], from, target, 0, target.length);
      }
    };
  }
}
