package lapidary.search.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.List;
import lapidary.models.InvalidInputException;

/**
 * What an attribute of an item says: a text, a number, yes or no, or a list of these. Filters compare a value with one of its own kind:
 * the number 3 is not the text "3". A list is what each of its values is. Dates are texts that {@link MomentText} can read. Immutable,
 * thread-safe.
 */
public sealed interface AttributeValue {
  /** The most values of a list. */
  int MAX_VALUES = 256;

  /** The values it consists of: itself, or those of the list. */
  List<Single> singles();

  /** What JSON has of it: a string, a number, a boolean or an array of these. */
  @JsonValue
  Object json();

  /** A value that is not a list. */
  sealed interface Single extends AttributeValue {
    @Override
    default List<Single> singles() {
      return List.of(this);
    }

    /** How it is written where there are texts only. */
    String text();
  }

  /** A text. */
  static Text of(String text) {
    return new Text(text);
  }

  /** A number. */
  static Real of(double value) {
    return new Real(value);
  }

  /**
   * A whole number.
   *
   * @throws InvalidInputException if a number of 64 bits with a fraction cannot be it, as above 2^53
   */
  static Real of(long value) {
    return of(BigInteger.valueOf(value));
  }

  /** A whole number of any length; see {@link #of(long)}. */
  static Real of(BigInteger value) {
    double nearest = value.doubleValue();
    if (Double.isInfinite(nearest)
        || !new java.math.BigDecimal(nearest).toBigInteger().equals(value)) {
      throw new InvalidInputException("the number " + shortened(value.toString())
          + " has more digits than are kept (whole numbers up to 2^53); give it as a text");
    }
    return new Real(nearest);
  }

  private static String shortened(String digits) {
    return digits.length() > 40 ? digits.substring(0, 40) + "…" : digits;
  }

  /** Yes or no. */
  static Flag of(boolean value) {
    return new Flag(value);
  }

  /** A list, which may be empty. */
  static Many of(List<Single> values) {
    return new Many(values);
  }

  /**
   * A text.
   *
   * @param text at most {@link Item#MAX_TEXT} characters
   */
  record Text(String text) implements Single {
    @Override
    public Object json() {
      return text;
    }
  }

  /**
   * A number of 64 bits; not a number is refused, nor is one without end.
   *
   * @param value the number, never −0
   */
  record Real(double value) implements Single {
    /** Up to here each whole number is one of its own. */
    private static final double WHOLE = 1L << 53;

    /** Refuses what JSON has no number for. */
    public Real {
      if (!Double.isFinite(value)) {
        throw new InvalidInputException(
            "an attribute's value is " + value + "; give a number below 1.8e308");
      }
      value += 0.; // −0 and 0 are equal to everybody.
    }

    private boolean isWhole() {
      return value == Math.rint(value) && Math.abs(value) <= WHOLE;
    }

    @Override
    public String text() {
      return isWhole() ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public Object json() {
      // Not by ?:, which would make a double of both.
      if (isWhole()) {
        return (long) value;
      }
      return value;
    }
  }

  /**
   * Yes or no.
   *
   * @param value whether yes
   */
  record Flag(boolean value) implements Single {
    @Override
    public String text() {
      return Boolean.toString(value);
    }

    @Override
    public Object json() {
      return value;
    }
  }

  /**
   * A list.
   *
   * @param singles its values, in their order
   */
  record Many(List<Single> singles) implements AttributeValue {
    /** Copies the list and refuses a long one. */
    public Many {
      singles = List.copyOf(singles);
      if (singles.size() > MAX_VALUES) {
        throw new InvalidInputException(
            "an attribute has a list of " + singles.size() + " values; give at most " + MAX_VALUES);
      }
    }

    @Override
    public Object json() {
      return singles.stream().map(AttributeValue::json).toList();
    }
  }
}
