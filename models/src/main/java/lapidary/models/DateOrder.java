package lapidary.models;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of year, month and day in a column of dates. A date that begins with its four digits of the year is read in every order;
 * the others read dates that end with it too. Dashes, slashes or dots stand between the parts; months and days may have one digit. A
 * time behind the date is left off, with its zone: the day is that of the text.
 */
public enum DateOrder {
  /** 2015-07-31 alone. */
  YEAR_FIRST("2015-07-31") {
    @Override
    LocalDate yearLast(int first, int second, int year) {
      throw new DateTimeException("the year is not first");
    }
  },
  /** 31.07.2015 too. */
  DAY_FIRST("31/07/2015") {
    @Override
    LocalDate yearLast(int first, int second, int year) {
      return LocalDate.of(year, second, first);
    }
  },
  /** 07/31/2015 too. */
  MONTH_FIRST("07/31/2015") {
    @Override
    LocalDate yearLast(int first, int second, int year) {
      return LocalDate.of(year, first, second);
    }
  };

  private static final String TIME =
      "([T ]\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?( ?[AaPp][Mm])?( ?(Z|[+-]\\d{2}(:?\\d{2})?))?)?";
  private static final Pattern YEAR_THEN =
      Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + TIME);
  private static final Pattern THEN_YEAR =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})" + TIME);

  private final String example;

  DateOrder(String example) {
    this.example = example;
  }

  /** The last day of July 2015. */
  public String example() {
    return example;
  }

  /**
   * The date in a text.
   *
   * @param text blanks at both ends cut off
   * @throws DateTimeException if it is not such a date
   */
  public LocalDate parse(String text) {
    Matcher first = YEAR_THEN.matcher(text);
    if (first.matches()) {
      return LocalDate.of(number(first, 1), number(first, 3), number(first, 4));
    }
    Matcher last = THEN_YEAR.matcher(text);
    if (last.matches()) {
      return yearLast(number(last, 1), number(last, 3), number(last, 4));
    }
    throw new DateTimeException("\"" + text + "\" is not a date like " + example);
  }

  abstract LocalDate yearLast(int first, int second, int year);

  private static int number(Matcher text, int group) {
    return Integer.parseInt(text.group(group));
  }
}
