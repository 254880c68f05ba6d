/** Tests of similarity search. */
@NullMarked
package lapidary.search;

import org.jspecify.annotations.NullMarked;
