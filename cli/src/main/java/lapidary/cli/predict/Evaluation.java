package lapidary.cli.predict;

import lapidary.runtime.score.Comparison;

/** Rows of a data set whose right answers are known: one file is scored on them, or held against another. */
interface Evaluation {
  /** What the file that the rows were chosen for is worth. */
  Evaluated score();

  /**
   * Runs all rows through both files.
   *
   * @param comparison of that file and another, nothing added yet
   * @param tolerance within which numbers are the same, as a share of their mean size
   */
  Compared compare(Comparison comparison, double tolerance);
}
