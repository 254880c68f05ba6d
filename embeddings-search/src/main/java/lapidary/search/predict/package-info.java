/**
 * Whole answers of a registry's models, for people who do not want tensors: classes of a picture, answers to rows of a table, ratings,
 * vectors, and what a model says of itself. Knows no protocol; for {@code lapidary.search.http} and for programs. Begin reading at
 * {@link lapidary.search.predict.PredictionService}.
 */
@NullMarked
package lapidary.search.predict;

import org.jspecify.annotations.NullMarked;
