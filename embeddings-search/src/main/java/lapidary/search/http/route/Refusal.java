package lapidary.search.http.route;

/**
 * Why there is no other answer.
 *
 * @param error a sentence
 */
public record Refusal(String error) {}
