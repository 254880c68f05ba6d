/**
 * The documented networks as DJL blocks, and the layers they are made of. Parameter names are PyTorch's. Not thread-safe. For
 * networks and kinds above it. Begin reading at {@link lapidary.trainer.block.HiddenLayerBlock}.
 */
@NullMarked
package lapidary.trainer.block;

import org.jspecify.annotations.NullMarked;
