package lapidary.search;

import lapidary.models.InvalidInputException;
import lapidary.search.store.Filter;
import lapidary.search.store.Wanted;

/**
 * What a search returns of what is near. Immutable, thread-safe.
 *
 * @param k hits wanted, at least 1
 * @param filter which items may be hits
 * @param diversity how much hits shall differ from each other, 0..1: 0 takes the nearest; above it, each next hit is the one
 *     with the highest (1 − diversity) · cosine to the query − diversity · highest cosine to a hit before it, chosen among
 *     the nearest (maximal marginal relevance, Carbonell and Goldstein 1998)
 * @param minimum the lowest score of a hit; {@link Float#NEGATIVE_INFINITY} for any
 * @param method whether the answer has to be that of a scan of all items; what is usual for the collection unless said
 */
public record SearchOptions(
    int k, Filter filter, double diversity, float minimum, Wanted.Method method) {
  /** Refuses values out of range. */
  public SearchOptions {
    if (k < 1) {
      throw new InvalidInputException("k is " + k + "; ask for at least 1 hit");
    }
    if (!(diversity >= 0 && diversity <= 1)) {
      throw new InvalidInputException("diversity is " + diversity + "; give 0 to 1");
    }
    if (Float.isNaN(minimum)) {
      throw new InvalidInputException("the lowest score is not a number; give one, such as .8");
    }
  }

  /** The {@code k} nearest of all items. */
  public static SearchOptions nearest(int k) {
    return new SearchOptions(
        k, Filter.everything(), 0, Float.NEGATIVE_INFINITY, Wanted.Method.USUAL);
  }

  /** The same, of the items that a filter accepts. */
  public SearchOptions filtered(Filter wanted) {
    return new SearchOptions(k, wanted, diversity, minimum, method);
  }

  /** The same, with hits that differ from each other. */
  public SearchOptions diversified(double wanted) {
    return new SearchOptions(k, filter, wanted, minimum, method);
  }

  /** The same, of hits with at least this score. */
  public SearchOptions scoring(float lowest) {
    return new SearchOptions(k, filter, diversity, lowest, method);
  }

  /** The same, searched in this way. */
  public SearchOptions by(Wanted.Method wanted) {
    return new SearchOptions(k, filter, diversity, minimum, wanted);
  }

  SearchOptions withoutMinimum() {
    return scoring(Float.NEGATIVE_INFINITY);
  }

  SearchOptions withK(int wanted) {
    return new SearchOptions(wanted, filter, diversity, minimum, method);
  }

  /** How many of the nearest are looked at. */
  int candidates() {
    return diversity == 0 ? k : (int) Math.min(Integer.MAX_VALUE, Math.max(50, 5L * k));
  }
}
