/**
 * What each documented model <em>is</em>: architecture records, the signature of its ONNX file, preprocessing and its one
 * executor, labels, provenance, the metadata codec and model cards. Knows neither DJL nor ONNX Runtime nor protobuf.
 */
@NullMarked
package lapidary.models;

import org.jspecify.annotations.NullMarked;
