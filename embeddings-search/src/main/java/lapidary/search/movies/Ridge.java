package lapidary.search.movies;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Weighted ridge regression in closed form (Hoerl &amp; Kennard 1970): the weights w that make Σ importance · (target − x · w)² + Σ
 * penalty · w² least, from (XᵀDX + P) w = XᵀDt. Rows are added one by one; what comes out depends on nothing else. Not thread-safe.
 */
final class Ridge {
  private final DMatrixRMaj squares;
  private final DMatrixRMaj products;

  /**
   * Without rows yet.
   *
   * @param penalties one a column, positive
   */
  Ridge(double[] penalties) {
    this.squares = CommonOps_DDRM.diag(penalties);
    this.products = new DMatrixRMaj(penalties.length, 1);
  }

  void add(double[] row, double target, double importance) {
    for (int i = 0; i < row.length; i++) {
      products.add(i, 0, importance * target * row[i]);
      for (int j = 0; j < row.length; j++) {
        squares.add(i, j, importance * row[i] * row[j]);
      }
    }
  }

  /** The weights; zeros if there is not a row. */
  double[] weights() {
    DMatrixRMaj solved = new DMatrixRMaj(products.getNumRows(), 1);
    if (!CommonOps_DDRM.solve(squares, products, solved)) {
      throw new IllegalStateException("positive penalties leave no singular matrix");
    }
    return solved.getData();
  }
}
