/**
 * Unit vectors in memory and the exact search of them. Knows rows by number, not items.
 * Begin reading at {@link lapidary.search.scan.ExactIndex}.
 */
@NullMarked
package lapidary.search.scan;

import org.jspecify.annotations.NullMarked;
