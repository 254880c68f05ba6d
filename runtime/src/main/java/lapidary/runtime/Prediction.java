package lapidary.runtime;

/**
 * One answer of a classifier.
 *
 * @param index the class number, from 0
 * @param label the class's name
 * @param probability 0 to 1
 */
public record Prediction(int index, String label, float probability) {}
