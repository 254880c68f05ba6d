/**
 * The routes about spaces, which collections and movies both have. For {@code lapidary.search.http.Feature}, {@code http.collections} and
 * {@code http.movies}; begin reading at {@link lapidary.search.http.space.SpaceRoutes}.
 */
@NullMarked
package lapidary.search.http.space;

import org.jspecify.annotations.NullMarked;
