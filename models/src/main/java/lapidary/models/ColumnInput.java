package lapidary.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A raw column of a table as an input {@code [N, 1]}, with everything that happens to it before the network. Training runs the same
 * rules through the methods of these records, the ONNX graph repeats them, and parity compares the two.
 */
@JsonIgnoreProperties(value = "tensor", allowGetters = true)
public sealed interface ColumnInput extends Input permits CategoryInput, NumberInput, DateInput {
  /** The column's name in the table, which is that of its tensor too unless {@link #tensor} says otherwise. */
  @Override
  String name();

  /** How the column comes in. */
  ElementType type();

  /** How its cells are written, where that is not {@link CellForm#PLAIN}. */
  Optional<CellForm> written();

  /** How its cells are written. */
  default CellForm cells() {
    return written().orElse(CellForm.PLAIN);
  }

  /**
   * The name with each character above U+FFFF as its number, such as {@code U+1F600}: ONNX Runtime's Java binding cuts such names
   * short.
   */
  @Override
  default String tensor() {
    return name().codePoints().mapToObj(ColumnInput::passable).collect(Collectors.joining());
  }

  /** {@link #tensor} where it is not the name, for readers of the description in other languages. */
  @JsonProperty("tensor")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  default Optional<String> otherName() {
    return Optional.of(tensor()).filter(other -> !other.equals(name()));
  }

  private static String passable(int character) {
    return Character.isBmpCodePoint(character)
        ? Character.toString(character)
        : "U+" + Integer.toHexString(character).toUpperCase(Locale.ROOT);
  }
}
