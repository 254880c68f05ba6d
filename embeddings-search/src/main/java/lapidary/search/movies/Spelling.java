package lapidary.search.movies;

/**
 * How well a word that somebody types fits a word of a title, 0 (not at all) to 1 (the same): whole, as its beginning, as a part, or
 * with typing errors (a letter wrong, missing, too many, or two exchanged: Damerau 1964), one from four letters on, two from eight on.
 * Stateless.
 */
final class Spelling {
  private static final double BEGINNING = .7;
  private static final double ONE_ERROR = .65;
  private static final double PART = .6;
  private static final double TWO_ERRORS = .55;
  private static final double BEGINNING_WITH_ERROR = .5;

  private static final int SHORTEST_PART = 3;
  private static final int ONE_FROM = 4;
  private static final int TWO_FROM = 8;

  private Spelling() {}

  static double fit(String typed, String word) {
    if (word.equals(typed)) {
      return 1;
    }
    if (word.startsWith(typed)) {
      return BEGINNING + (1 - BEGINNING) * typed.length() / word.length();
    }
    if (typed.length() >= SHORTEST_PART && word.contains(typed)) {
      return PART;
    }
    return misspelt(typed, word);
  }

  private static double misspelt(String typed, String word) {
    int allowed = errors(typed);
    int longer = word.length() - typed.length();
    if (allowed == 0 || longer < -allowed || !isWord(typed)) {
      return 0;
    }
    if (longer <= allowed) {
      int errors = distance(typed, word, allowed);
      if (errors <= allowed) {
        return errors == 1 ? ONE_ERROR : TWO_ERRORS;
      }
    }
    return longer > 0 && beginsAlmost(typed, word) ? BEGINNING_WITH_ERROR : 0;
  }

  /** Numbers are right or wrong: another year is another film. */
  private static boolean isWord(String typed) {
    return typed.chars().noneMatch(Character::isDigit);
  }

  private static int errors(String typed) {
    if (typed.length() >= TWO_FROM) {
      return 2;
    }
    return typed.length() >= ONE_FROM ? 1 : 0;
  }

  /** Somebody is still typing, and has made an error. */
  private static boolean beginsAlmost(String typed, String word) {
    int length = typed.length();
    return distance(typed, word.substring(0, length), 1) <= 1
        || distance(typed, word.substring(0, Math.min(length + 1, word.length())), 1) <= 1
        || distance(typed, word.substring(0, length - 1), 1) <= 1;
  }

  /** The errors between two words, neighbours exchanged counted as one; some number above {@code most} if there are more. */
  static int distance(String a, String b, int most) {
    int[][] rows = new int[3][b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      if (next(a, b, i, rows) > most) {
        return most + 1;
      }
    }
    return rows[a.length() % 3][b.length()];
  }

  /** Fills the row of the first {@code i} letters from the two before, which go round; gives its least. */
  private static int next(String a, String b, int i, int[][] rows) {
    int[] now = rows[i % 3];
    int[] last = rows[(i + 2) % 3];
    now[0] = i;
    int least = i;
    for (int j = 1; j <= b.length(); j++) {
      int changed = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
      now[j] = Math.min(changed, 1 + Math.min(last[j], now[j - 1]));
      if (exchanged(a, b, i, j)) {
        now[j] = Math.min(now[j], rows[(i + 1) % 3][j - 2] + 1);
      }
      least = Math.min(least, now[j]);
    }
    return least;
  }

  private static boolean exchanged(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
