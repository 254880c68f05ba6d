/** Learning rates of layer groups, and schedules that drive them and the momentum from step to step. Pure values. */
@NullMarked
package lapidary.trainer.schedule;

import org.jspecify.annotations.NullMarked;
