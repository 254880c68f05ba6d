/**
 * {@code data}: the known data sets, and pictures out of them.
 * Only the command line's root comes in.
 * Begin reading at {@link lapidary.cli.data.DataListCommand}.
 */
@NullMarked
package lapidary.cli.data;

import org.jspecify.annotations.NullMarked;
