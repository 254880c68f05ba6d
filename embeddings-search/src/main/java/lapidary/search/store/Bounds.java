package lapidary.search.store;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;

/**
 * Bounds as people write them, {@code gt}, {@code gte}, {@code lt} and {@code lte}, each a number or each a date. A date is its whole day:
 * after 2026-11-27 is from the 28th on, up to 2026-11-27 takes that day in. Immutable, thread-safe.
 */
public final class Bounds {
  /** What a bound is called. */
  public static final List<String> NAMES = List.of("gt", "gte", "lt", "lte");

  private final SortedMap<String, AttributeValue.Single> bounds;

  private Bounds(SortedMap<String, AttributeValue.Single> bounds) {
    this.bounds = bounds;
  }

  /** Without a bound yet. */
  public static Bounds none() {
    return new Bounds(new TreeMap<>());
  }

  /**
   * With one more.
   *
   * @param name one of {@link #NAMES}
   * @param bound a number, or a text that is a date
   */
  public Bounds with(String name, AttributeValue.Single bound) {
    SortedMap<String, AttributeValue.Single> more = new TreeMap<>(bounds);
    more.put(name, bound);
    return new Bounds(more);
  }

  /**
   * Items that have a value of an attribute within the bounds.
   *
   * @throws InvalidInputException if a bound is neither a number nor a date, there are both or there are none
   */
  public Filter of(String attribute) {
    if (bounds.isEmpty()) {
      throw new InvalidInputException(
          "the range of " + attribute + " has no bounds; give one of " + String.join(", ", NAMES));
    }
    List<AttributeValue.Single> all = List.copyOf(bounds.values());
    if (all.stream().allMatch(AttributeValue.Real.class::isInstance)) {
      return numbers(attribute);
    }
    if (all.stream().allMatch(AttributeValue.Text.class::isInstance)) {
      return moments(attribute);
    }
    throw new InvalidInputException("the range of " + attribute
        + " has bounds of different kinds; give numbers only or dates only");
  }

  private Filter numbers(String attribute) {
    double from = Double.NEGATIVE_INFINITY;
    double to = Double.POSITIVE_INFINITY;
    for (var bound : bounds.entrySet()) {
      double value = ((AttributeValue.Real) bound.getValue()).value();
      switch (bound.getKey()) {
        case "gt" -> from = Math.max(from, Math.nextUp(value));
        case "gte" -> from = Math.max(from, value);
        case "lt" -> to = Math.min(to, Math.nextDown(value));
        default -> to = Math.min(to, value);
      }
    }
    return Filter.numbers(attribute, from, to);
  }

  private Filter moments(String attribute) {
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    for (var bound : bounds.entrySet()) {
      MomentText value = moment(attribute, bound.getKey(), bound.getValue().text());
      switch (bound.getKey()) {
        case "gt" -> from = Math.max(from, value.last() + 1);
        case "gte" -> from = Math.max(from, value.first());
        case "lt" -> to = Math.min(to, value.first() - 1);
        default -> to = Math.min(to, value.last());
      }
    }
    return Filter.moments(attribute, from, to);
  }

  private static MomentText moment(String attribute, String name, String text) {
    return MomentText.of(text)
        .orElseThrow(() -> new InvalidInputException(name + " of " + attribute + " is \""
            + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
            + "\"; give a number or a date, such as 2026-11-27 or 2026-11-27T09:30:00Z"));
  }
}
