/**
 * The embedded engine: one Lucene index holds items, words, pictures and vectors; vectors of the open snapshot lie in memory too, to be
 * searched exactly. Nobody but a collection comes in; what is public besides the store is so for Lucene's service loader.
 * Begin reading at {@link lapidary.search.store.lucene.LuceneStore}.
 */
@NullMarked
package lapidary.search.store.lucene;

import org.jspecify.annotations.NullMarked;
