/**
 * Similarity search: durable collections of vectors with an exact cosine scan, and the rules by which a service answers queries.
 * Vectors come from ONNX files through the runtime; training is not seen here. Above it stand {@code http}, {@code movies} and {@code embed},
 * below it {@code pca}.
 * Begin reading at {@link lapidary.search.SearchService} and {@link lapidary.search.Collection}.
 */
@NullMarked
package lapidary.search;

import org.jspecify.annotations.NullMarked;
