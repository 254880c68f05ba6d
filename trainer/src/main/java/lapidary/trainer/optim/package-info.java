/**
 * Optimisers with PyTorch's formulas: SGD, momentum, RMSprop, Adam, AdamW. An {@link lapidary.trainer.optim.Optimizer} is an
 * immutable value that knows the formula; the learner owns the state arrays. Learning rate and momentum come in with every step,
 * so that a schedule may drive them.
 */
@NullMarked
package lapidary.trainer.optim;

import org.jspecify.annotations.NullMarked;
