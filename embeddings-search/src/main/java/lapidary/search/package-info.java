/**
 * Similarity search: principal components of activations, durable collections of vectors with an exact cosine scan, and the
 * rules by which a service answers queries. Vectors come from ONNX files through the runtime; training is not seen here.
 */
@NullMarked
package lapidary.search;

import org.jspecify.annotations.NullMarked;
