/**
 * What every command needs to speak and to end: the console, exit codes, sentences for failures, new folders.
 * Every package of the command line may come in; it knows none of them.
 * Begin reading at {@link lapidary.cli.console.Answer}.
 */
@NullMarked
package lapidary.cli.console;

import org.jspecify.annotations.NullMarked;
