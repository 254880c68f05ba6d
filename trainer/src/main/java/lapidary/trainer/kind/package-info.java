/**
 * The kinds of documented models: what differs from one to the next, its recipe and its network. For problems and the run above them.
 * Begin reading at {@link lapidary.trainer.kind.ModelChoice}.
 */
@NullMarked
package lapidary.trainer.kind;

import org.jspecify.annotations.NullMarked;
