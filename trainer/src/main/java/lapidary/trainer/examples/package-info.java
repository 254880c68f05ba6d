/**
 * Rows as batches of tensors on a device. For the learner above it, and for programs whose rows come from elsewhere, which implement
 * {@link lapidary.trainer.examples.Examples}. Begin reading there.
 */
@NullMarked
package lapidary.trainer.examples;

import org.jspecify.annotations.NullMarked;
