/**
 * Named tensors in safetensors files, without an engine. For checkpoints and pretrained weights. Begin reading at
 * {@link lapidary.trainer.store.Safetensors}.
 */
@NullMarked
package lapidary.trainer.store;

import org.jspecify.annotations.NullMarked;
