/**
 * Populations in space: places along principal components or by UMAP, small enough to be sent whole, and codes to colour them by. For
 * {@code lapidary.search}, {@code movies}, {@code plot} and {@code http.space}; knows the store's items and {@code pca}, nothing of HTTP.
 * Begin reading at {@link lapidary.search.space.Drawing} and {@link lapidary.search.space.Space}.
 */
@NullMarked
package lapidary.search.space;

import org.jspecify.annotations.NullMarked;
