package lapidary.search.space;

import java.util.List;
import lapidary.search.store.AttributeValue;

/**
 * What the codes of a {@link Colouring} mean. Immutable.
 *
 * @param kind classes or a scale
 * @param values classes: code 1 is the first, the most frequent first; a scale: the values at 0, 25, 50, 75 and 100 % of the items that have
 *     one, which have codes 1, 64, 128, 191 and 255
 * @param others items of further classes, code 255
 * @param none items without a value, code 0
 */
public record Legend(Kind kind, List<Value> values, int others, int none) {
  /** What kind of values they are. */
  public enum Kind {
    /** Values that stand beside each other. */
    CLASSES,
    /** Numbers or dates, coloured by their rank. */
    SCALE
  }

  /** Copies the list. */
  public Legend {
    values = List.copyOf(values);
  }

  /**
   * A value.
   *
   * @param value the label, or the attribute's value
   * @param count items that are coloured by it; of a scale, those up to it since the one before
   */
  public record Value(AttributeValue.Single value, int count) {}
}
