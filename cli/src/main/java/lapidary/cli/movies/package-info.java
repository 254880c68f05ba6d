/**
 * {@code movies}: what a recommender's two files say of items and for users.
 * Only the command line's root comes in.
 * Begin reading at {@link lapidary.cli.movies.MoviesRecommendCommand}.
 */
@NullMarked
package lapidary.cli.movies;

import org.jspecify.annotations.NullMarked;
