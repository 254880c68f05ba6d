/** Tests of the embedded engine. */
@NullMarked
package lapidary.search.store.lucene;

import org.jspecify.annotations.NullMarked;
