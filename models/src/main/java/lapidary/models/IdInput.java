package lapidary.models;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Raw ids that become rows of an embedding table: {@code int64 [N]} or {@code string [N]}. Row 0 is everyone unknown; known id i
 * is row i + 1. The ONNX graph looks them up itself (LabelEncoder). Immutable, thread-safe.
 */
public final class IdInput implements Input {
  private final String name;
  private final ElementType type;
  private final List<String> ids;
  private final Map<String, Integer> rows;

  /**
   * Ids in the order of their rows.
   *
   * @param name the tensor's name
   * @param type {@code INT64} if every id is a whole number, else {@code STRING}
   * @param ids distinct ids as text
   * @throws InvalidInputException if an id is repeated or is no whole number where it has to be one
   */
  public IdInput(
      @JsonProperty("name") String name,
      @JsonProperty("type") ElementType type,
      @JsonProperty("ids") List<String> ids) {
    this.name = name;
    this.type = type;
    this.ids = List.copyOf(ids);
    this.rows = new HashMap<>();
    requireType();
    for (String id : this.ids) {
      if (rows.put(id, rows.size() + 1) != null) {
        throw new InvalidInputException(
            "input " + name + " has id " + id + " twice; give each id once");
      }
    }
  }

  private void requireType() {
    if (type != ElementType.INT64 && type != ElementType.STRING) {
      throw new InvalidInputException(
          "input " + name + " has ids of type " + type + "; ids are INT64 or STRING");
    }
    if (type == ElementType.INT64) {
      ids.stream().filter(id -> !isWholeNumber(id)).findFirst().ifPresent(id -> {
        throw new InvalidInputException("input " + name + " has id \"" + id
            + "\", which is no whole number; make its type STRING");
      });
    }
  }

  /** An input for these ids: INT64 if every one is a whole number as it would be printed, else STRING. */
  public static IdInput of(String name, List<String> ids) {
    return new IdInput(
        name,
        ids.stream().allMatch(IdInput::isWholeNumber) ? ElementType.INT64 : ElementType.STRING,
        ids);
  }

  @Override
  @JsonProperty
  public String name() {
    return name;
  }

  /** How ids come in. */
  @JsonProperty
  public ElementType type() {
    return type;
  }

  /** The known ids; the one at i has row i + 1. */
  @JsonProperty
  public List<String> ids() {
    return ids;
  }

  /** Rows of the table: the known ids and the unknown row. */
  @JsonIgnore
  public int rows() {
    return ids.size() + 1;
  }

  /** The row of an id, 0 if it is unknown. */
  public int row(String id) {
    return rows.getOrDefault(id, 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IdInput that
        && name.equals(that.name)
        && type == that.type
        && ids.equals(that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + ids.hashCode();
  }

  @Override
  public String toString() {
    return "IdInput[" + name + ", " + type + ", " + ids.size() + " ids]";
  }

  /** Whether the text is a 64-bit integer in the form that it would be printed in: no plus, no leading zero. */
  private static boolean isWholeNumber(String text) {
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
