/** Named tensors in safetensors files, without an engine. */
@NullMarked
package lapidary.trainer.store;

import org.jspecify.annotations.NullMarked;
