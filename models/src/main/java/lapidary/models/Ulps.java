package lapidary.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * How many pairs of floats are how many ulps apart: so many of the numbers that their type has lie between the one and the other. A
 * value that is a number on one side only is among the farthest. Immutable.
 *
 * @param counts how many are 0, 1, 2 to 3, 4 to 7, 8 to 15, 16 to 63, and 64 or more ulps apart
 */
public record Ulps(@JsonValue List<Long> counts) {
  /** The least distance of each count. */
  private static final List<Long> FROM = List.of(0L, 1L, 2L, 4L, 8L, 16L, 64L);

  /** No pairs. */
  public static final Ulps NONE = new Ulps(Collections.nCopies(FROM.size(), 0L));

  /** Copies the counts; refuses more or fewer than there are. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Ulps {
    counts = List.copyOf(counts);
    if (counts.size() != FROM.size()) {
      throw new InvalidInputException("distances in ulps are counted in " + FROM.size()
          + " classes, not " + counts.size() + "; give a number for each");
    }
  }

  /** Counts distances, each 0 or more. */
  public static Ulps of(long... distances) {
    long[] counts = new long[FROM.size()];
    for (long distance : distances) {
      counts[place(distance)]++;
    }
    List<Long> boxed = new ArrayList<>();
    for (long count : counts) {
      boxed.add(count);
    }
    return new Ulps(boxed);
  }

  private static int place(long distance) {
    int place = FROM.size() - 1;
    while (distance < FROM.get(place)) {
      place--;
    }
    return place;
  }

  /** These and others. */
  Ulps and(Ulps other) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      sums.add(counts.get(i) + other.counts.get(i));
    }
    return new Ulps(sums);
  }

  /** How many pairs there are. */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** The classes that are not empty with their shares: {@code 0: 93.2 %, 1: 6.5 %, 2-3: 0.3 %}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ");
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) > 0) {
        text.add(String.format(Locale.ROOT, "%s: %s", name(i), share(counts.get(i))));
      }
    }
    return text.toString();
  }

  /** Of all pairs but a few it does not say that they are all, nor of a few that they are none. */
  private String share(long count) {
    double percent = 100.0 * count / total();
    if (count == total()) {
      return "all";
    }
    return percent < 0.05
        ? "under 0.1 %"
        : String.format(Locale.ROOT, "%.1f %%", Math.min(percent, 99.9));
  }

  private static String name(int place) {
    long from = FROM.get(place);
    if (place == FROM.size() - 1) {
      return from + "+";
    }
    long last = FROM.get(place + 1) - 1;
    return from == last ? Long.toString(from) : from + "-" + last;
  }
}
