package lapidary.runtime.score;

/**
 * How fast two models run batches of so many rows.
 *
 * @param rows in a batch
 * @param model the one
 * @param against the one that it is held against
 */
public record SpeedComparison(int rows, Speed model, Speed against) {
  /**
   * How fast one runs.
   *
   * @param rowsPerSecond the median
   * @param millisecondsPerRow its inverse
   */
  public record Speed(double rowsPerSecond, double millisecondsPerRow) {
    static Speed of(int rows, double nanosecondsPerRun) {
      double milliseconds = nanosecondsPerRun / 1e6 / rows;
      return new Speed(1e3 / milliseconds, milliseconds);
    }
  }

  /** The model's rows a second over those of the other: 2 is twice as fast, .5 half as fast. */
  public double ratio() {
    return model.rowsPerSecond() / against.rowsPerSecond();
  }
}
