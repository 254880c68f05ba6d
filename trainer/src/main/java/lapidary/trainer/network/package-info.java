/**
 * Blocks with their weights: names as PyTorch has them, layer groups, fresh and published values. For the learner above it. Begin reading
 * at {@link lapidary.trainer.network.Network}.
 */
@NullMarked
package lapidary.trainer.network;

import org.jspecify.annotations.NullMarked;
