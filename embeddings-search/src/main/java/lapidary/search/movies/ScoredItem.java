package lapidary.search.movies;

import lapidary.models.Catalogue;

/**
 * One answer to a question.
 *
 * @param item what is known of the item
 * @param score what it was ranked by: its bias, the cosine of an angle (−1..1), or a predicted rating
 */
public record ScoredItem(Catalogue.Item item, double score) {}
