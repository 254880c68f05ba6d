package lapidary.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Numbers as {@code float [N, 1]}, NaN where one is missing. Missing ones take {@code fill}, all are standardised:
 * (x − mean) / deviation. Where training showed missing ones, a second number tells them: 1 missing, 0 not. 32-bit floats hold whole
 * numbers exactly up to 16,777,216. Immutable, thread-safe.
 *
 * @param name the column's name
 * @param fill what a missing number is taken for: the training median
 * @param mean of the training rows after filling
 * @param deviation of the training rows after filling, above 0
 * @param indicator whether the network also gets the 0 or 1
 * @param written how its cells are written; empty for {@link CellForm#PLAIN}
 */
public record NumberInput(
    String name,
    float fill,
    float mean,
    float deviation,
    boolean indicator,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<CellForm> written)
    implements ColumnInput {
  /** Refuses numbers that are not finite and a deviation of 0 or less. */
  public NumberInput {
    if (!Float.isFinite(fill) || !Float.isFinite(mean) || !(deviation > 0)) {
      throw new InvalidInputException("column " + name + " with median " + fill + ", mean " + mean
          + " and deviation " + deviation + " cannot be standardised; leave it out");
    }
    written = CellForm.unlessPlain(written);
  }

  /** Numbers written plainly. */
  public NumberInput(String name, float fill, float mean, float deviation, boolean indicator) {
    this(name, fill, mean, deviation, indicator, Optional.empty());
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  /** Numbers that the network gets for one raw number: 2 with an indicator, else 1. */
  public int width() {
    return indicator ? 2 : 1;
  }

  /** The standardised number; NaN is a missing one. */
  public float standardised(float raw) {
    return ((Float.isNaN(raw) ? fill : raw) - mean) / deviation;
  }
}
