package lapidary.models;

/**
 * The one way in which numbers are written in data and options: {@code [+-]digits[.digits][e[+-]digits]} in ASCII digits, with a
 * digit before or after the point, and finite. Java's own parsers also take {@code 3D}, {@code 1f}, {@code 0x1p3}, {@code NaN},
 * {@code Infinity} and blanks, so that a column of names would be a column of numbers. Stateless.
 */
public final class DecimalNumber {
  private DecimalNumber() {}

  /**
   * The nearest float to a number that is written with a mark.
   *
   * @throws NumberFormatException if the text is not such a number, or beyond what a float holds
   */
  public static float toFloat(String text, DecimalMark mark) {
    int whole = wholeNumber(text);
    return whole >= 0 ? whole : toFloat(mark.pointed(text));
  }

  /** A whole number of at most seven digits, which a float holds exactly, or −1: several times faster than the general way. */
  private static int wholeNumber(String text) {
    int length = text.length();
    if (length == 0 || length > 7) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /**
   * The nearest float.
   *
   * @throws NumberFormatException if the text is not such a number, or beyond what a float holds
   */
  public static float toFloat(String text) {
    require(text);
    float number = Float.parseFloat(text);
    if (Float.isInfinite(number)) {
      throw tooLarge(text);
    }
    return number;
  }

  /**
   * The nearest double.
   *
   * @throws NumberFormatException if the text is not such a number, or beyond what a double holds
   */
  public static double toDouble(String text) {
    require(text);
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw tooLarge(text);
    }
    return number;
  }

  private static void require(String text) {
    int start = afterSign(text, 0);
    int point = afterDigits(text, start);
    int end = point;
    int digits = point - start;
    if (end < text.length() && text.charAt(end) == '.') {
      end = afterDigits(text, end + 1);
      digits = end - start - 1;
    }
    if (digits == 0 || afterExponent(text, end) != text.length()) {
      throw new NumberFormatException("\"" + text + "\" is not a decimal number");
    }
  }

  private static int afterExponent(String text, int from) {
    if (from == text.length() || (text.charAt(from) != 'e' && text.charAt(from) != 'E')) {
      return from;
    }
    int digits = afterSign(text, from + 1);
    int end = afterDigits(text, digits);
    return end > digits ? end : from;
  }

  private static int afterSign(String text, int from) {
    boolean signed = from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+');
    return signed ? from + 1 : from;
  }

  private static int afterDigits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static NumberFormatException tooLarge(String text) {
    return new NumberFormatException("\"" + text + "\" is too large a number");
  }
}
