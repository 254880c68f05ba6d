/**
 * The only place that touches DJL's engine, a process singleton: devices, threads, seeds, the end of the process. For every room above it; not API, but for
 * {@link lapidary.trainer.engine.TrainingDevices}. Begin reading at {@link lapidary.trainer.engine.Engines}.
 */
@NullMarked
package lapidary.trainer.engine;

import org.jspecify.annotations.NullMarked;
