/** Tests of embedding pictures. */
@NullMarked
package lapidary.search.embed;

import org.jspecify.annotations.NullMarked;
