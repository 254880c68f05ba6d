package lapidary.trainer.kind;

import lapidary.models.InvalidInputException;

/**
 * The size of a recommender.
 *
 * @param count length of an embedding, at least 1
 * @param low lower end of the predicted range
 * @param high upper end of the predicted range; a sigmoid never reaches it, so it is put above the best rating
 * @param implicit whether items also learn from who rated them; the trained model has the same size either way
 */
public record Factors(int count, double low, double high, boolean implicit) {
  /** 40 factors, ratings from 0 to 5.5. */
  public static final Factors DEFAULT = new Factors(40, 0, 5.5, false);

  /** Refuses no factors and an empty range. */
  public Factors {
    if (count < 1 || !(low < high) || Double.isInfinite(high - low)) {
      throw new InvalidInputException(count + " factors and ratings from " + low + " to " + high
          + "; give 1 factor or more and a range that rises, such as 0,5.5");
    }
  }

  /** The same range with another length of embeddings. */
  public Factors withCount(int changed) {
    return new Factors(changed, low, high, implicit);
  }

  /** The same length of embeddings with another range. */
  public Factors withRange(double from, double to) {
    return new Factors(count, from, to, implicit);
  }

  /** The same size, learnt with or without implicit feedback. */
  public Factors withImplicit(boolean changed) {
    return new Factors(count, low, high, changed);
  }
}
