package lapidary.models;

import java.util.regex.Pattern;

/** What stands before the fraction of a number in a table. */
public enum DecimalMark {
  /** As in 1234.5; nothing stands between thousands. */
  POINT('.') {
    @Override
    String pointed(String text) {
      return text;
    }
  },
  /** As in 1234,5 and 1.234,5: dots may stand between thousands, then between all of them. */
  COMMA(',') {
    @Override
    String pointed(String text) {
      boolean grouped = text.indexOf('.') >= 0;
      if (grouped && !THOUSANDS.matcher(text).matches()) {
        throw new NumberFormatException("\"" + text + "\" is not a number with a decimal comma");
      }
      return (grouped ? text.replace(".", "") : text).replace(',', '.');
    }
  };

  // Not 0.123, which is a number with a point in the wrong table.
  private static final Pattern THOUSANDS =
      Pattern.compile("[+-]?[1-9]\\d{0,2}(\\.\\d{3})+(,\\d+)?");

  private final char character;

  DecimalMark(char character) {
    this.character = character;
  }

  /** The character. */
  public char character() {
    return character;
  }

  /** The mark that this one is not. */
  public DecimalMark other() {
    return this == POINT ? COMMA : POINT;
  }

  /** The number as {@link DecimalNumber} takes it, if it is one. */
  abstract String pointed(String text);
}
