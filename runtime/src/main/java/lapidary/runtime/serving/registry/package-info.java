/**
 * Models by name and version, loaded, exchanged and unloaded under way: what a service holds. Open to every program; stands on
 * {@code lapidary.runtime.serving}.
 * Begin reading at {@link lapidary.runtime.serving.registry.ModelRegistry}.
 */
@NullMarked
package lapidary.runtime.serving.registry;

import org.jspecify.annotations.NullMarked;
