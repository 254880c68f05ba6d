package lapidary.models;

import java.time.DateTimeException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the values of a column are written in a table's cells. Training, parity and serving read cells by the same form. Immutable,
 * thread-safe.
 *
 * @param missing the spellings of a missing value, compared letter by letter; the empty cell is always one
 * @param decimal what stands before a number's fraction
 * @param dates the order of a date's parts
 */
public record CellForm(SortedSet<String> missing, DecimalMark decimal, DateOrder dates) {
  /** An empty cell or {@code ?} is missing, numbers have points, dates begin with the year. */
  public static final CellForm PLAIN =
      new CellForm(new TreeSet<>(List.of("?")), DecimalMark.POINT, DateOrder.YEAR_FIRST);

  /**
   * The same, and what spreadsheets, R, pandas and SQL write for a missing value: {@code NA}, {@code N/A}, {@code NAN}, {@code NULL},
   * in upper or lower case, {@code NaN}, {@code #N/A} and {@code -}. Not {@code None}, which often is a category.
   */
  public static final CellForm USUAL = PLAIN.withMissing(
      List.of("?", "-", "NA", "na", "N/A", "n/a", "#N/A", "NAN", "nan", "NaN", "NULL", "null"));

  /** Copies the spellings and adds the empty one. */
  public CellForm {
    SortedSet<String> copied = new TreeSet<>(missing);
    copied.add("");
    missing = Collections.unmodifiableSortedSet(copied);
  }

  /** The same with other spellings of a missing value. */
  public CellForm withMissing(Collection<String> changed) {
    return new CellForm(new TreeSet<>(changed), decimal, dates);
  }

  /** The same with another decimal mark. */
  public CellForm withDecimal(DecimalMark changed) {
    return new CellForm(missing, changed, dates);
  }

  /** The same with another order of dates. */
  public CellForm withDates(DateOrder changed) {
    return new CellForm(missing, decimal, changed);
  }

  /** Whether a cell, blanks at both ends cut off, says that its value is missing. */
  public boolean isMissing(String cell) {
    return missing.contains(cell);
  }

  /**
   * The number in a cell, written as {@link DecimalNumber} says but for its mark; NaN if it is missing.
   *
   * @param cell blanks at both ends cut off
   * @throws NumberFormatException if it is not a finite number
   */
  public float number(String cell) {
    return isMissing(cell) ? Float.NaN : DecimalNumber.toFloat(cell, decimal);
  }

  /** A number as {@link #number} reads it. */
  public String text(float number) {
    return Float.toString(number).replace('.', decimal.character());
  }

  /**
   * The day in a cell as {@link DateInput} counts it, {@link DateInput#MISSING} if it is missing.
   *
   * @param cell blanks at both ends cut off
   * @throws DateTimeException if it is not such a date
   */
  public long day(String cell) {
    return isMissing(cell) ? DateInput.MISSING : dates.parse(cell).toEpochDay();
  }

  /** What a number is, for the sentence about a cell that is not one. */
  public String numberText() {
    return decimal == DecimalMark.COMMA ? "number with a decimal comma" : "number";
  }

  /** What a date is, for the sentence about a cell that is not one. */
  public String dateText() {
    return "date like " + dates.example();
  }

  /** Two descriptions of the same column are equal and written alike. */
  static Optional<CellForm> unlessPlain(Optional<CellForm> written) {
    return written.filter(form -> !form.equals(PLAIN));
  }
}
