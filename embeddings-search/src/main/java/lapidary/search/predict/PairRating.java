package lapidary.search.predict;

/**
 * A predicted rating.
 *
 * @param pair who rates what
 * @param rating on the scale of the model's data
 * @param knownUser whether the model knows the user; one whom it does not is predicted for as an average one
 * @param knownItem the same of the item
 */
public record PairRating(Pair pair, float rating, boolean knownUser, boolean knownItem) {}
