package lapidary.exporter;

import java.util.List;
import java.util.Map;
import lapidary.models.Pixels;
import lapidary.runtime.Tensor;

/** Rows on which the exported file and the trainer are compared. Immutable, thread-safe. */
public sealed interface ParityRows permits RowSource {
  /**
   * Real images of the size the model takes, used in turn and again from the start if there are too few; for image inputs. Where the file
   * leaves height and width open, batches of more than three are drawn, of small images.
   */
  static ParityRows validation(Pixels pixels) {
    return new ValidationRows(pixels);
  }

  /**
   * Real rows of raw ids, used in turn and again from the start if there are too few; for inputs of ids. In every third row one
   * input or several have an id that is not known instead, each combination in its turn.
   *
   * @param columns for every input by its name, one id per row, as text
   * @throws lapidary.models.InvalidInputException if there are no rows or the columns' lengths differ
   */
  static ParityRows ids(Map<String, List<String>> columns) {
    return new IdRows(RawColumns.of(columns));
  }

  /**
   * Real raw rows of a table, used in turn, 1,000 at most; for inputs that are columns. In every third row a column is missing or
   * holds what training never showed.
   *
   * @param columns for every input by its name, one raw cell per row, blanks at both ends cut off
   * @throws lapidary.models.InvalidInputException if there are no rows or the columns' lengths differ
   */
  static ParityRows table(Map<String, List<String>> columns) {
    return new TableRows(RawColumns.of(columns));
  }

  /**
   * Real rows of tensors, used in turn and again from the start if there are too few; for inputs that are tensors, such as ids from
   * 1 on, lengths, or masks that belong to them. The network is traced on them too; open sizes are filled with the same numbers.
   *
   * @param tensors for every input by its name, [rows, …] in the signature's shape
   * @throws lapidary.models.InvalidInputException if there are no rows
   */
  static ParityRows tensors(Map<String, Tensor> tensors) {
    return TensorRows.of(tensors);
  }

  /**
   * Rows drawn from a seed: pixels uniform in 0..255, real numbers normal with deviation 1, whole numbers 0 or 1, which every
   * table of vectors has, ids uniform from their vocabulary and one in four unknown, and
   * cells of columns with missing ones among them.
   */
  static ParityRows random(long seed) {
    return new RandomRows(seed);
  }
}
