/** Tests of spaces, held against plain loops and hand-worked values. */
@NullMarked
package lapidary.search.space;

import org.jspecify.annotations.NullMarked;
