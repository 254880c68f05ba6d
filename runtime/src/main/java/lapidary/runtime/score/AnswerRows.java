package lapidary.runtime.score;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;

/** An output as rows. Stateless. */
final class AnswerRows {
  private AnswerRows() {}

  /**
   * The rows of a tensor of floats.
   *
   * @throws InvalidInputException if it has no first axis or no values, or one of them is not finite
   */
  static List<float[]> of(Tensor tensor, Path model, String output) {
    float[] values = tensor.floats();
    long[] shape = tensor.shape();
    if (shape.length == 0 || values.length == 0) {
      throw new InvalidInputException(model + " gives output " + output + " as " + tensor
          + ", not a row for each row of the inputs; compare another output");
    }
    int width = Math.toIntExact(values.length / shape[0]);
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += width) {
      rows.add(finite(Arrays.copyOfRange(values, from, from + width), model, output));
    }
    return rows;
  }

  /** The numbers of rows that have one each. */
  static float[] single(List<float[]> rows) {
    float[] numbers = new float[rows.size()];
    for (int row = 0; row < numbers.length; row++) {
      if (rows.get(row).length != 1) {
        throw new InvalidInputException("rows of " + rows.get(row).length
            + " numbers cannot be scored against one true number each; ask for changes alone");
      }
      numbers[row] = rows.get(row)[0];
    }
    return numbers;
  }

  private static float[] finite(float[] row, Path model, String output) {
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new InvalidInputException(model + " answers " + value + " with output " + output
            + ", which cannot be compared; look for inputs out of all proportion, or export the"
            + " file again with more bits");
      }
    }
    return row;
  }
}
