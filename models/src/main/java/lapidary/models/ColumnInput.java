package lapidary.models;

import java.util.Set;

/**
 * A raw column of a table as an input {@code [N, 1]}, with everything that happens to it before the network. Training runs the same
 * rules through the methods of these records, the ONNX graph repeats them, and parity compares the two.
 */
public sealed interface ColumnInput extends Input permits CategoryInput, NumberInput, DateInput {
  /** The cells that mean that a value is missing, after blanks at both ends are cut off. */
  Set<String> MISSING = Set.of("", "?");

  /** How the column comes in. */
  ElementType type();

  /** Whether a cell says that its value is missing. */
  static boolean isMissing(String cell) {
    return cell.isEmpty() || (cell.length() == 1 && cell.charAt(0) == '?');
  }
}
