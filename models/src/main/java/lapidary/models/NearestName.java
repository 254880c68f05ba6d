package lapidary.models;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name nearest to a mistyped one, by Levenshtein distance (Levenshtein 1966). Stateless. */
public final class NearestName {
  private NearestName() {}

  /** The known name at most a third of its letters (and at least two) away from {@code name}, if there is one. */
  public static Optional<String> of(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> distance(wanted, candidate) <= Math.max(2, candidate.length() / 3))
        .min(Comparator.comparingInt((String candidate) -> distance(wanted, candidate))
            .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * The sentence for an unknown name, such as {@code unknown model "mnist-m"; did you mean "mnist-nn"? Known: …}.
   *
   * @param kind what the name names, such as {@code model}
   */
  public static InvalidInputException unknown(String kind, String name, Collection<String> known) {
    return new InvalidInputException("unknown " + kind + " \"" + name + "\"" + hint(name, known)
        + " Known: " + String.join(", ", known));
  }

  /**
   * The sentence for a name that should be there, such as {@code no column "size"; did you mean "sizes"? There are: …}.
   *
   * @param kind what the name names, such as {@code column}
   */
  public static InvalidInputException missing(String kind, String name, Collection<String> there) {
    return new InvalidInputException("no " + kind + " \"" + name + "\"" + hint(name, there)
        + " There are: " + String.join(", ", there));
  }

  private static String hint(String name, Collection<String> known) {
    return of(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse(".");
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substituted, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
