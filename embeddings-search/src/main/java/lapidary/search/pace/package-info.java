/**
 * How long work takes, by what it took lately: what is short is done by the thread that brings it, whatever the protocol. Knows nothing
 * of what the work is. Begin reading at {@link lapidary.search.pace.Paces}.
 */
@NullMarked
package lapidary.search.pace;

import org.jspecify.annotations.NullMarked;
