/** Losses to minimise, each saying what it takes: logits, probabilities or values. */
@NullMarked
package lapidary.trainer.loss;

import org.jspecify.annotations.NullMarked;
