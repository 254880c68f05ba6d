package lapidary.search;

import lapidary.models.InvalidInputException;
import lapidary.search.store.Filter;
import lapidary.search.store.Wanted;

/**
 * What a search returns of what is near. Immutable, thread-safe.
 *
 * @param k hits wanted, at least 1
 * @param offset hits to leave out before them, such as those of the pages before
 * @param filter which items may be hits
 * @param variety how they shall differ from each other
 * @param minimum the lowest score of a hit; {@link Float#NEGATIVE_INFINITY} for any
 * @param method whether the answer has to be that of a scan of all items; what is usual for the collection unless said
 */
public record SearchOptions(
    int k, int offset, Filter filter, Variety variety, float minimum, Wanted.Method method) {
  /** The most hits that are looked through to find others that are not folded. */
  static final int MOST = 10_000;

  /**
   * How hits shall differ from each other.
   *
   * @param diversity 0..1: 0 takes the nearest; above it, each next hit is the one with the highest (1 − diversity) · cosine to the query −
   *     diversity · highest cosine to a hit before it, chosen among the nearest (maximal marginal relevance, Carbonell and Goldstein 1998)
   * @param fold the cosine from which on a hit is folded into a better one that it is so near to, above 0; above 1 nothing is folded
   */
  public record Variety(double diversity, float fold) {
    private static final Variety ANY = new Variety(0, Float.POSITIVE_INFINITY);

    /** Refuses values out of range. */
    public Variety {
      if (!(diversity >= 0 && diversity <= 1)) {
        throw new InvalidInputException("diversity is " + diversity + "; give 0 to 1");
      }
      if (!(fold > 0)) {
        throw new InvalidInputException("hits are to be folded from a cosine of " + fold
            + " on; give one above 0, such as .99");
      }
    }

    boolean folds() {
      return fold <= 1;
    }
  }

  /** Refuses values out of range, and a filter of too many conditions. */
  public SearchOptions {
    if (k < 1) {
      throw new InvalidInputException("k is " + k + "; ask for at least 1 hit");
    }
    if (offset < 0) {
      throw new InvalidInputException("offset is " + offset + "; give 0 or more");
    }
    filter.bounded();
    if (Float.isNaN(minimum)) {
      throw new InvalidInputException("the lowest score is not a number; give one, such as .8");
    }
  }

  /** The {@code k} nearest of all items. */
  public static SearchOptions nearest(int k) {
    return new SearchOptions(
        k, 0, Filter.everything(), Variety.ANY, Float.NEGATIVE_INFINITY, Wanted.Method.USUAL);
  }

  /** The same, of the items that a filter accepts. */
  public SearchOptions filtered(Filter wanted) {
    return new SearchOptions(k, offset, wanted, variety, minimum, method);
  }

  /** The same, behind the first hits. Pages fit together if nothing is diversified and nothing changes meanwhile. */
  public SearchOptions from(int hits) {
    return new SearchOptions(k, hits, filter, variety, minimum, method);
  }

  /** The same, with hits that differ from each other; see {@link Variety}. */
  public SearchOptions diversified(double diversity) {
    return varied(new Variety(diversity, variety.fold));
  }

  /** The same, with a hit in the place of all that are so near to it; see {@link Variety}. */
  public SearchOptions folded(float cosine) {
    return varied(new Variety(variety.diversity, cosine));
  }

  private SearchOptions varied(Variety wanted) {
    return new SearchOptions(k, offset, filter, wanted, minimum, method);
  }

  /** The same, of hits with at least this score. */
  public SearchOptions scoring(float lowest) {
    return new SearchOptions(k, offset, filter, variety, lowest, method);
  }

  /** The same, searched in this way. */
  public SearchOptions by(Wanted.Method wanted) {
    return new SearchOptions(k, offset, filter, variety, minimum, wanted);
  }

  SearchOptions withoutMinimum() {
    return scoring(Float.NEGATIVE_INFINITY);
  }

  SearchOptions withK(int wanted) {
    return new SearchOptions(wanted, offset, filter, variety, minimum, method);
  }

  double diversity() {
    return variety.diversity;
  }

  /** How many of the nearest are looked at. */
  int candidates() {
    return diversity() == 0 ? k : (int) Math.min(Integer.MAX_VALUE, Math.max(50, 5L * k));
  }
}
