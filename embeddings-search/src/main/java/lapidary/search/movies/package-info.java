/**
 * The movie questions, answered from a recommender's two files: best and worst by bias, similar by reduced embedding, recommended
 * by predicted rating. The movies are any rated items. Vectors come through the runtime; training is not seen here. Open to every
 * program; begin reading at {@link lapidary.search.movies.MovieCatalogue}.
 */
@NullMarked
package lapidary.search.movies;

import org.jspecify.annotations.NullMarked;
