/** The documented networks as DJL blocks, and the layers they are made of. Parameter names are PyTorch's. Not thread-safe. */
@NullMarked
package lapidary.trainer.block;

import org.jspecify.annotations.NullMarked;
