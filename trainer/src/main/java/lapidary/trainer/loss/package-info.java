/**
 * Losses to minimise, each saying what it takes: logits, probabilities or values. Open to all. Begin reading at
 * {@link lapidary.trainer.loss.Losses}.
 */
@NullMarked
package lapidary.trainer.loss;

import org.jspecify.annotations.NullMarked;
