package lapidary.models;

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
 */
public record NumberInput(String name, float fill, float mean, float deviation, boolean indicator)
    implements ColumnInput {
  /** Refuses numbers that are not finite and a deviation of 0 or less. */
  public NumberInput {
    if (!Float.isFinite(fill) || !Float.isFinite(mean) || !(deviation > 0)) {
      throw new InvalidInputException("column " + name + " with median " + fill + ", mean " + mean
          + " and deviation " + deviation + " cannot be standardised; leave it out");
    }
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

  /**
   * The number in a cell, written as {@link DecimalNumber} says; NaN if it is missing.
   *
   * @param cell blanks at both ends cut off
   * @throws NumberFormatException if it is not a finite number
   */
  public static float parse(String cell) {
    if (ColumnInput.isMissing(cell)) {
      return Float.NaN;
    }
    int whole = wholeNumber(cell);
    if (whole >= 0) {
      return whole;
    }
    return DecimalNumber.toFloat(cell);
  }

  /** A whole number of at most seven digits, which a float holds exactly, or −1: several times faster than the general way. */
  private static int wholeNumber(String cell) {
    int length = cell.length();
    if (length > 7) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      int digit = cell.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
