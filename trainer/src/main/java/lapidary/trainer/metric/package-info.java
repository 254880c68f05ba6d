/** Scores of predictions against targets, computed in float64 on all rows at once. */
@NullMarked
package lapidary.trainer.metric;

import org.jspecify.annotations.NullMarked;
