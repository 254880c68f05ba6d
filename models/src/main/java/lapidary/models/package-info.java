/**
 * What each documented model <em>is</em>: architecture records, the signature of its ONNX file, preprocessing and its one
 * executor, labels, provenance, the metadata codec and model cards. Knows neither DJL nor ONNX Runtime nor protobuf; every room may
 * come in.
 *
 * <p>Begin reading at {@link lapidary.models.Architecture}, then {@link lapidary.models.ModelDescription}.
 */
@NullMarked
package lapidary.models;

import org.jspecify.annotations.NullMarked;
