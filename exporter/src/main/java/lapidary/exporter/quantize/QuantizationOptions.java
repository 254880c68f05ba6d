package lapidary.exporter.quantize;

import lapidary.models.InvalidInputException;

/**
 * How a file is put into 8 bits. Immutable.
 *
 * @param maxDrop how much worse it may answer, see {@link Judge.Verdict#drop}
 * @param rows how many rows the ranges of values are taken from, at least 1; half as many more choose the rule
 */
public record QuantizationOptions(double maxDrop, int rows) {
  /** Refuses a drop below 0, or that is not a number, and a count of rows below 1. */
  public QuantizationOptions {
    if (Double.isNaN(maxDrop) || maxDrop < 0) {
      throw new InvalidInputException(
          "a drop of " + maxDrop + " cannot be allowed; give 0 or more, such as 0.005");
    }
    if (rows < 1) {
      throw new InvalidInputException(
          "ranges cannot be taken from " + rows + " rows; give 1 or more, such as 128");
    }
  }

  /** A drop of half a point at most, ranges from 128 rows. */
  public static QuantizationOptions defaults() {
    return new QuantizationOptions(0.005, 128);
  }

  /** The same with another drop. */
  public QuantizationOptions withMaxDrop(double changed) {
    return new QuantizationOptions(changed, rows);
  }

  /** The same with another number of rows. */
  public QuantizationOptions withRows(int changed) {
    return new QuantizationOptions(maxDrop, changed);
  }
}
