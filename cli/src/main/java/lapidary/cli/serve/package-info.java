/**
 * {@code serve}: collections and recommenders over HTTP until the process is told to end.
 * Only the command line's root comes in.
 * Begin reading at {@link lapidary.cli.serve.ServeCommand}.
 */
@NullMarked
package lapidary.cli.serve;

import org.jspecify.annotations.NullMarked;
