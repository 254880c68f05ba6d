package lapidary.search.access;

/**
 * Whoever has a token.
 *
 * @param name what to call them, in an audit line too
 * @param role what they may do
 */
public record Holder(String name, Role role) {}
