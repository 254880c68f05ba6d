/**
 * Learning rates of layer groups, and schedules that drive them and the momentum from step to step. Pure values. Open to all.
 * Begin reading at {@link lapidary.trainer.schedule.Schedule}.
 */
@NullMarked
package lapidary.trainer.schedule;

import org.jspecify.annotations.NullMarked;
