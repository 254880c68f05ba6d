/**
 * Runs ONNX files on ONNX Runtime: tensors, sessions and front doors. Light enough for any Java program: knows neither DJL nor
 * protobuf nor HTTP. Batching, hot reload and a registry of models are in {@code lapidary.runtime.serving}, devices in
 * {@code lapidary.runtime.device}, what a file must be in {@code lapidary.runtime.check} and {@code lapidary.runtime.operators};
 * {@code Rows} is public for {@code serving} and {@code score}, {@code WarmUp} and opening a checked file for {@code serving} alone, {@code DenseProduct} of {@code device} for the search,
 * and not API.
 * Begin reading at {@link lapidary.runtime.Model}, with {@link lapidary.runtime.ModelOptions} for how it is opened;
 * {@link lapidary.runtime.ImageClassifier}, {@link lapidary.runtime.Embedder},
 * {@link lapidary.runtime.RatingPredictor} and {@link lapidary.runtime.ItemFactors} read the file's own description.
 */
@NullMarked
package lapidary.runtime;

import org.jspecify.annotations.NullMarked;
