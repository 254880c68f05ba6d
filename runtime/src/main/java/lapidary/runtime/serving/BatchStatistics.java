package lapidary.runtime.serving;

/**
 * What a {@link Batcher} has done so far.
 *
 * @param rows rows run
 * @param batches runs of the model
 * @param largest rows of the largest batch
 * @param rejected rows turned away because the queue was full
 */
public record BatchStatistics(long rows, long batches, int largest, long rejected) {}
