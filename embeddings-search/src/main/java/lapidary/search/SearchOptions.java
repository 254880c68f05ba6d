package lapidary.search;

import lapidary.models.InvalidInputException;

/**
 * What a search returns of what is near. Immutable, thread-safe.
 *
 * @param k hits wanted, at least 1
 * @param filter which items may be hits
 * @param diversity how much hits shall differ from each other, 0..1: 0 takes the nearest; above it, each next hit is the one
 *     with the highest (1 − diversity) · cosine to the query − diversity · highest cosine to a hit before it, chosen among
 *     the nearest (maximal marginal relevance, Carbonell and Goldstein 1998)
 */
public record SearchOptions(int k, Filter filter, double diversity) {
  /** Refuses values out of range. */
  public SearchOptions {
    if (k < 1) {
      throw new InvalidInputException("k is " + k + "; ask for at least 1 hit");
    }
    if (!(diversity >= 0 && diversity <= 1)) {
      throw new InvalidInputException("diversity is " + diversity + "; give 0 to 1");
    }
  }

  /** The {@code k} nearest of all items. */
  public static SearchOptions nearest(int k) {
    return new SearchOptions(k, Filter.everything(), 0);
  }

  /** The same, of the items that a filter accepts. */
  public SearchOptions filtered(Filter wanted) {
    return new SearchOptions(k, wanted, diversity);
  }

  /** The same, with hits that differ from each other. */
  public SearchOptions diversified(double wanted) {
    return new SearchOptions(k, filter, wanted);
  }

  /** How many of the nearest are looked at. */
  int candidates() {
    return diversity == 0 ? k : (int) Math.min(Integer.MAX_VALUE, Math.max(50, 5L * k));
  }
}
