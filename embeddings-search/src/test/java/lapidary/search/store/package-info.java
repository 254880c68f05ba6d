/** Tests of what keeps items. */
@NullMarked
package lapidary.search.store;

import org.jspecify.annotations.NullMarked;
