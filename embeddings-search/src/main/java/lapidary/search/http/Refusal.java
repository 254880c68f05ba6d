package lapidary.search.http;

/**
 * Why there is no other answer.
 *
 * @param error a sentence
 */
record Refusal(String error) {}
