package lapidary.trainer;

/**
 * An epoch whose weights a run keeps.
 *
 * @param number from 1
 * @param metric by which the run's epochs are ranked
 * @param score of it on the validation rows
 */
public record SavedEpoch(int number, String metric, double score) {}
