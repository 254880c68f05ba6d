/**
 * The routes about movies. For {@code lapidary.search.http.Feature} only; begin reading at
 * {@link lapidary.search.http.movies.MovieRoutes}.
 */
@NullMarked
package lapidary.search.http.movies;

import org.jspecify.annotations.NullMarked;
