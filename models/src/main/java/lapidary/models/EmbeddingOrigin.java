package lapidary.models;

/**
 * Where the {@code embedding} of a file comes from that was added after the export: principal components of another output.
 * Immutable.
 *
 * @param baseSha256 digest of the file it was added to
 * @param output which output is projected
 * @param inputs the width of that output, taken flat
 * @param components the width of the embedding
 * @param centred whether the mean is subtracted first
 * @param whitened whether every component is scaled to variance 1
 * @param explainedVariance the share of the variance that the components explain, 0..1
 * @param rows how many rows the components were fitted to
 * @param data which data those were
 */
public record EmbeddingOrigin(
    String baseSha256,
    String output,
    int inputs,
    int components,
    boolean centred,
    boolean whitened,
    double explainedVariance,
    long rows,
    DataSource data) {}
