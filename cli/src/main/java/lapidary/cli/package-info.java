/** The composition root: arguments, wiring of the rooms, exit codes. Holds no logic worth a test of its own. */
@NullMarked
package lapidary.cli;

import org.jspecify.annotations.NullMarked;
