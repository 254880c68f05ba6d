package lapidary.models;

/**
 * The data a model was trained on.
 *
 * @param name the data set's name, such as {@code fashion-mnist}, or a path's last part
 * @param sha256 digest of the training bytes, 64 hexadecimal digits
 * @param licence the licence its publisher states, or {@code unknown}
 */
public record DataSource(String name, String sha256, String licence) {}
