/**
 * Principal components of rows: fits by covariance, by Gram matrix and by sketch, and the projection that comes of them. Lowest
 * floor of the module: knows nothing of collections. {@code FiniteVector} is public for the packages above it and not API.
 * Begin reading at {@link lapidary.search.pca.Pca}.
 */
@NullMarked
package lapidary.search.pca;

import org.jspecify.annotations.NullMarked;
