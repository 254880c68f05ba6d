package lapidary.runtime;

import lapidary.models.InvalidInputException;

/** Sees that answers are numbers: NaN and infinity come of damaged weights, or of input out of all proportion. Stateless. */
final class FiniteAnswers {
  private FiniteAnswers() {}

  /**
   * The values, if all of them are finite.
   *
   * @param values of an output, [rows, width]
   * @param firstRow what the first row is counted as, from 0
   * @param model what to call it in an error
   * @throws InvalidInputException naming the first row that has another
   */
  static float[] require(float[] values, int width, long firstRow, String model, String output) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(model + ": the model answers " + values[i] + " for row "
            + (firstRow + i / width) + ", output " + output + ", which is not a finite number; look"
            + " for values out of all proportion in that row, or, if there are none, export or copy"
            + " the file again");
      }
    }
    return values;
  }
}
