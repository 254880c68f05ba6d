/**
 * What a run learns: images, photos, ratings or the rows of a table, as a model takes them. For the run above it; what is public besides
 * {@link lapidary.trainer.problem.PhotoOptions}, {@link lapidary.trainer.problem.BaselineScore} and, for networks of a program's own,
 * {@link lapidary.trainer.problem.PhotoRows} is not API. Begin reading at
 * {@link lapidary.trainer.problem.Subject}.
 */
@NullMarked
package lapidary.trainer.problem;

import org.jspecify.annotations.NullMarked;
