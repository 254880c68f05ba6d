package lapidary.search.movies;

import lapidary.models.InvalidInputException;

/**
 * The range in which a recommender predicts: rating = low + (high − low) · sigmoid(logit). Immutable.
 *
 * @param low lower end, never reached
 * @param high upper end, never reached
 */
public record RatingScale(double low, double high) {
  /** A rating at the very end would be infinitely far away. */
  private static final double MARGIN = .02;

  /** Refuses an empty range. */
  public RatingScale {
    if (!(low < high)) {
      throw new InvalidInputException(
          "ratings from " + low + " to " + high + " are none; give the lower end first");
    }
  }

  /** The rating at a logit. */
  double rating(double logit) {
    return low + (high - low) / (1 + Math.exp(-logit));
  }

  /** The logit of a rating, which is brought within the range first. */
  double logit(double rating) {
    double share = share(rating);
    return Math.log(share / (1 - share));
  }

  /** How much a rating changes with its logit, as a share of the range, at most a quarter. */
  double slope(double rating) {
    double share = share(rating);
    return share * (1 - share);
  }

  private double share(double rating) {
    return Math.min(1 - MARGIN, Math.max(MARGIN, (rating - low) / (high - low)));
  }

  /** The lowest rating that a person gives: the first whole or half number in the range. */
  public double least() {
    return Math.floor(2 * low) / 2 + .5;
  }

  /** The highest rating that a person gives. */
  public double most() {
    return Math.ceil(2 * high) / 2 - .5;
  }
}
