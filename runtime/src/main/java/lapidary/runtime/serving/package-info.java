/**
 * What a program needs that serves a model to many callers for long: batching of single rows, and following a file that changes.
 * Many models by name are a room above, {@code lapidary.runtime.serving.registry}. Open to every program; stands on
 * {@code lapidary.runtime}, which does not know it.
 * Begin reading at {@link lapidary.runtime.serving.Batcher}; {@link lapidary.runtime.serving.ReloadingModel} is the other way in.
 */
@NullMarked
package lapidary.runtime.serving;

import org.jspecify.annotations.NullMarked;
