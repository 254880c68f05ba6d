/**
 * The composition root: the commands by name, wiring, exit codes. Holds no logic worth a test of its own.
 * Nobody comes in; it hands each command to the package of its family.
 * Begin reading at {@link lapidary.cli.Main}.
 */
@NullMarked
package lapidary.cli;

import org.jspecify.annotations.NullMarked;
