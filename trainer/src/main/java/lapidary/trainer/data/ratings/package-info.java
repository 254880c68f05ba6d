/**
 * Ratings of items by users: MovieLens, any CSV, a generated sample, and how they are split. Knows no engine. Open to all. Begin
 * reading at {@link lapidary.trainer.data.ratings.RatingsDatasets}.
 */
@NullMarked
package lapidary.trainer.data.ratings;

import org.jspecify.annotations.NullMarked;
