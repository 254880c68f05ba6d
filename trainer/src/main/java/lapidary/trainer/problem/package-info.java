/**
 * What a run learns: images, photos, ratings or the rows of a table, as a model takes them. For the run above it; what is public besides
 * {@link lapidary.trainer.problem.PhotoOptions} and {@link lapidary.trainer.problem.BaselineScore} is not API. Begin reading at
 * {@link lapidary.trainer.problem.Subject}.
 */
@NullMarked
package lapidary.trainer.problem;

import org.jspecify.annotations.NullMarked;
