/**
 * The routes about collections: requests as they were sent, answers as they are documented. For {@code lapidary.search.http.Feature}
 * only; begin reading at {@link lapidary.search.http.collections.CollectionRoutes}.
 */
@NullMarked
package lapidary.search.http.collections;

import org.jspecify.annotations.NullMarked;
