/** Ratings of items by users: MovieLens, any CSV, a generated sample, and how they are split. Knows no engine. */
@NullMarked
package lapidary.trainer.data.ratings;

import org.jspecify.annotations.NullMarked;
