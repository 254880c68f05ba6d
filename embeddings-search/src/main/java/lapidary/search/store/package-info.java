/**
 * What keeps items and their unit vectors: the seam that an engine stands behind, and the values that pass through it. Knows neither
 * models nor PCA; only {@link lapidary.search.Collection} comes in, and whoever makes items.
 * Begin reading at {@link lapidary.search.store.VectorStore} and {@link lapidary.search.store.Snapshot}.
 */
@NullMarked
package lapidary.search.store;

import org.jspecify.annotations.NullMarked;
