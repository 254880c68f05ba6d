package lapidary.search.store;

/**
 * How often the search by a graph finds what the exact one finds, measured when the graph was built.
 *
 * @param at10 the share of the ten nearest items that are found, 0..1, mean over the queries
 * @param candidates items looked for beyond which answers are cut
 * @param queries how many were asked: vectors beside items, as far off as their neighbours are, evenly spread
 */
public record Recall(double at10, int candidates, int queries) {}
