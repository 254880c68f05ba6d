package lapidary.search.store;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is a date or a moment: {@code 2026-11-27}, {@code 2026-11-27T09:30Z}, {@code 2026-11-27T09:30:15.25+01:00} (RFC 3339, with
 * or without seconds). Without an offset it is in UTC. A date is its whole day; a moment is what was written, to the microsecond.
 * Immutable, thread-safe.
 *
 * @param first the first microsecond since 1970 (UTC) that belongs to it
 * @param last the last one
 */
public record MomentText(long first, long last) {
  private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})"
      + "(?:[Tt ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)([Zz]|[+-]\\d{2}:\\d{2})?)?");

  private static final int SHORTEST = 10;
  private static final int LONGEST = 35;

  private static final long MICROS = 1_000_000;
  private static final long DAY = Duration.ofDays(1).toSeconds() * MICROS;

  /** Reads a text; empty if it is anything else. */
  public static Optional<MomentText> of(String text) {
    if (text.length() < SHORTEST || text.length() > LONGEST || text.charAt(4) != '-') {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    try {
      return form.matches() ? Optional.of(read(form)) : Optional.empty();
    } catch (DateTimeException e) {
      // Such as the 31st of February.
      return Optional.empty();
    }
  }

  private static MomentText read(Matcher form) {
    LocalDate day = LocalDate.parse(form.group(1));
    String time = form.group(2);
    if (time == null) {
      long first = micros(day.atStartOfDay().toInstant(ZoneOffset.UTC));
      return new MomentText(first, first + DAY - 1);
    }
    String offset = form.group(3);
    ZoneOffset zone =
        offset == null || offset.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(offset);
    long moment = micros(day.atTime(LocalTime.parse(time)).toInstant(zone));
    return new MomentText(moment, moment);
  }

  private static long micros(Instant moment) {
    return moment.getEpochSecond() * MICROS + moment.getNano() / 1_000;
  }
}
