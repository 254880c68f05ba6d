/**
 * Runs ONNX files on ONNX Runtime: devices, tensors, sessions, batching and hot reload. Light enough for any Java program:
 * knows neither DJL nor protobuf nor HTTP. {@link lapidary.runtime.Model} is the way in;
 * {@link lapidary.runtime.ImageClassifier}, {@link lapidary.runtime.Embedder}, {@link lapidary.runtime.RatingPredictor} and
 * {@link lapidary.runtime.ItemFactors} read the file's own description.
 */
@NullMarked
package lapidary.runtime;

import org.jspecify.annotations.NullMarked;
