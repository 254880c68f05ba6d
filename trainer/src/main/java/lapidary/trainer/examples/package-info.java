/**
 * Rows as batches of tensors on a device. For the learner above it, and for programs whose rows come from elsewhere, which implement
 * Examples. Begin reading at {@link lapidary.trainer.examples.Examples}.
 */
@NullMarked
package lapidary.trainer.examples;

import org.jspecify.annotations.NullMarked;
