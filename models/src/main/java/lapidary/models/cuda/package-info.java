/**
 * What CUDA needs beside a driver, where it lies on this machine, and what to say where it does not work: the pinned libraries, the
 * cache that {@code cuda install} fills, facts about driver and cards and the sentence that follows from them. It stands here because
 * trainer and runtime both ask, and have nothing else in common; it calls neither of their engines.
 * Begin reading at {@link lapidary.models.cuda.GpuTrouble}, then {@link lapidary.models.cuda.CudaSet}.
 */
@NullMarked
package lapidary.models.cuda;

import org.jspecify.annotations.NullMarked;
