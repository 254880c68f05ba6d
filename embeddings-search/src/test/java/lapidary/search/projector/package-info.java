/** Tests of the pages that need nothing but themselves. */
@NullMarked
package lapidary.search.projector;

import org.jspecify.annotations.NullMarked;
