package lapidary.search.predict;

/**
 * A user and an item to predict a rating for.
 *
 * @param user the id as the data set has it
 * @param item the same of the item
 */
public record Pair(String user, String item) {}
