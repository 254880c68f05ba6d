package lapidary.trainer.data;

import java.util.Optional;

/**
 * A row of the list of known data sets.
 *
 * @param name the name to give
 * @param found where it was found, {@code embedded}, or empty if it is not on this machine
 * @param licence the licence its publisher states
 * @param description what it holds, in one line
 */
public record Listing(String name, Optional<String> found, String licence, String description) {}
