/**
 * {@code train} and {@code lr-find}: a model's options, a run, its table of epochs and its last word.
 * Only the command line's root comes in.
 * Begin reading at {@link lapidary.cli.train.ModelCommands}.
 */
@NullMarked
package lapidary.cli.train;

import org.jspecify.annotations.NullMarked;
