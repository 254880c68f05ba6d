/**
 * Learning any DJL block: batch after batch, epoch after epoch, measured after each, with a search for the learning rate. For programs
 * with blocks of their own, and for the run above it, which alone calls what looks at a learner from outside. Begin reading at
 * {@link lapidary.trainer.learn.Learner}.
 */
@NullMarked
package lapidary.trainer.learn;

import org.jspecify.annotations.NullMarked;
