package lapidary.models;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** A part of a date of the proleptic Gregorian calendar. */
public enum DatePart {
  /** The year, such as 2015. */
  YEAR(LocalDate::getYear),
  /** 1 to 12. */
  MONTH(LocalDate::getMonthValue),
  /** The ISO 8601 week, 1 to 53. */
  WEEK(date -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
  /** The day of the month, 1 to 31. */
  DAY(LocalDate::getDayOfMonth),
  /** 1 for Monday to 7 for Sunday. */
  DAY_OF_WEEK(date -> date.getDayOfWeek().getValue()),
  /** 1 to 366. */
  DAY_OF_YEAR(LocalDate::getDayOfYear),
  /** 1 on the first day of a month, else 0. */
  MONTH_START(date -> flag(date.getDayOfMonth() == 1)),
  /** 1 on the last day of a month, else 0. */
  MONTH_END(date -> flag(date.getDayOfMonth() == date.lengthOfMonth())),
  /** 1 on the first day of a quarter, else 0. */
  QUARTER_START(date -> flag(date.getDayOfMonth() == 1 && date.getMonthValue() % 3 == 1)),
  /** 1 on the last day of a quarter, else 0. */
  QUARTER_END(
      date -> flag(date.getDayOfMonth() == date.lengthOfMonth() && date.getMonthValue() % 3 == 0)),
  /** 1 on January 1st, else 0. */
  YEAR_START(date -> flag(date.getDayOfYear() == 1)),
  /** 1 on December 31st, else 0. */
  YEAR_END(date -> flag(date.getDayOfYear() == date.lengthOfYear()));

  @SuppressWarnings("ImmutableEnumChecker") // a method of LocalDate has no state
  private final ToIntFunction<LocalDate> value;

  DatePart(ToIntFunction<LocalDate> value) {
    this.value = value;
  }

  /** The part of a date. */
  public int of(LocalDate date) {
    return value.applyAsInt(date);
  }

  /** The name in lower case, such as {@code day_of_week}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static int flag(boolean holds) {
    return holds ? 1 : 0;
  }
}
