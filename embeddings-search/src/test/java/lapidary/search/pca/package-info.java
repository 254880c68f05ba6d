/** Tests of fits and projections. */
@NullMarked
package lapidary.search.pca;

import org.jspecify.annotations.NullMarked;
