package lapidary.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Dates as {@code int64 [N, 1]}: days since 1970-01-01 (negative before it). Each of their parts becomes a row of an embedding
 * table; row 0 stands for a part's value that training never showed. A number outside the years 1 to 9999, such as
 * {@link #MISSING}, is a missing date, whose parts all have row 0. Immutable, thread-safe.
 *
 * @param name the column's name
 * @param parts at least one
 * @param written how its cells are written; empty for {@link CellForm#PLAIN}
 */
public record DateInput(
    String name,
    List<Part> parts,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<CellForm> written)
    implements ColumnInput {
  /** 0001-01-01. */
  public static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay();

  /** 9999-12-31. */
  public static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();

  /** The usual number for a missing date. */
  public static final long MISSING = Long.MIN_VALUE;

  /**
   * One part and the rows of its values.
   *
   * @param part which
   * @param values whole numbers
   */
  public record Part(DatePart part, IdVocabulary values) {}

  /** Copies the list and refuses an empty one. */
  public DateInput {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new InvalidInputException(
          "date column " + name + " has no part that varies; leave it out");
    }
    written = CellForm.unlessPlain(written);
  }

  /** Dates written plainly. */
  public DateInput(String name, List<Part> parts) {
    this(name, parts, Optional.empty());
  }

  @Override
  public ElementType type() {
    return ElementType.INT64;
  }

  /** Whether the number of a day is a date. */
  public static boolean isDate(long day) {
    return day >= FIRST && day <= LAST;
  }

  /** The rows of a day's parts, in their order; all 0 for a missing date. */
  public long[] rows(long day) {
    long[] rows = new long[parts.size()];
    if (isDate(day)) {
      LocalDate date = LocalDate.ofEpochDay(day);
      for (int i = 0; i < rows.length; i++) {
        Part part = parts.get(i);
        rows[i] = part.values().row(Integer.toString(part.part().of(date)));
      }
    }
    return rows;
  }
}
