/**
 * The routes that answer whole questions about models: what they are, and what they make of pictures, rows and pairs. For
 * {@code lapidary.search.http.Feature} only; begin reading at {@link lapidary.search.http.predict.PredictionRoutes}.
 */
@NullMarked
package lapidary.search.http.predict;

import org.jspecify.annotations.NullMarked;
