/**
 * Scores of predictions against targets, computed in float64 on all rows at once. Open to all. Begin reading at
 * {@link lapidary.trainer.metric.Metrics}.
 */
@NullMarked
package lapidary.trainer.metric;

import org.jspecify.annotations.NullMarked;
