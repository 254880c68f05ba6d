package lapidary.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Categories as {@code string [N, 1]}, which the ONNX graph turns into rows of an embedding table (LabelEncoder). Row 0 stands for
 * every value that is not known. A missing value ({@link CellForm#missing}) has a row of its own if the vocabulary holds the
 * empty text, which it does where training showed enough missing ones; otherwise it takes row 0 too. Immutable, thread-safe.
 *
 * @param name the column's name
 * @param values the known values and their rows, the empty text standing for a missing one
 * @param written how its cells are written; empty for {@link CellForm#PLAIN}
 */
public record CategoryInput(
    String name,
    IdVocabulary values,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<CellForm> written)
    implements ColumnInput {
  /** How a missing value is stored in the vocabulary. */
  public static final String NONE = "";

  /** Refuses a column without any known value. */
  public CategoryInput {
    if (values.ids().isEmpty()) {
      throw new InvalidInputException(
          "column " + name + " has no known categories; leave it out, or lower --min-count");
    }
    written = CellForm.unlessPlain(written);
  }

  /** Categories written plainly. */
  public CategoryInput(String name, IdVocabulary values) {
    this(name, values, Optional.empty());
  }

  @Override
  public ElementType type() {
    return ElementType.STRING;
  }

  /** The row of a raw cell, blanks at both ends cut off already. */
  public int row(String cell) {
    return values.row(cells().isMissing(cell) ? NONE : cell);
  }

  /** The category of a row, for people. */
  public String label(int row) {
    if (row == IdVocabulary.UNKNOWN) {
      return "(unknown)";
    }
    String value = values.id(row);
    return value.equals(NONE) ? "(missing)" : value;
  }
}
