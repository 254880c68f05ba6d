package lapidary.trainer.learn;

import lapidary.trainer.examples.Examples;

/**
 * The rows to learn from and the rows to measure on.
 *
 * @param train learned from
 * @param valid measured on after each epoch
 */
public record LearnerData(Examples train, Examples valid) {}
