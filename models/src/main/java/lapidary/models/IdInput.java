package lapidary.models;

import java.util.List;

/**
 * Raw ids that become rows of an embedding table: {@code int64 [N]} or {@code string [N]}. The ONNX graph looks them up itself
 * (LabelEncoder); every unknown id has row 0. Immutable, thread-safe.
 *
 * @param name the tensor's name
 * @param ids the known ids and their rows
 */
public record IdInput(String name, IdVocabulary ids) implements Input {
  /** The name of the users' ids. */
  public static final String USER = "user";

  /** The name of the items' ids. */
  public static final String ITEM = "item";

  /** Refuses an input without any known id. */
  public IdInput {
    if (ids.ids().isEmpty()) {
      throw new InvalidInputException("input " + name + " has no known ids; give at least one");
    }
  }

  /**
   * An input for the ids of a table's rows, the first of row 1.
   *
   * @throws InvalidInputException if an id is repeated
   */
  public static IdInput of(String name, List<String> ids) {
    return new IdInput(name, IdVocabulary.inRowOrder(ids));
  }

  /** How ids come in: {@code INT64} if every one is an integer, else {@code STRING}. */
  public ElementType type() {
    return ids.integers() ? ElementType.INT64 : ElementType.STRING;
  }
}
