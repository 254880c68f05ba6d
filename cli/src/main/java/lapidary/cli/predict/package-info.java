/**
 * {@code predict} and {@code evaluate}: a file's answers to rows and images, and how good they are.
 * Only the command line's root comes in.
 * Begin reading at {@link lapidary.cli.predict.PredictCommand}.
 */
@NullMarked
package lapidary.cli.predict;

import org.jspecify.annotations.NullMarked;
