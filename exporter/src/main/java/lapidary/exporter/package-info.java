/**
 * Cuts trained networks into self-contained ONNX files: traces any DJL block, writes the graph with its preprocessing and
 * metadata, and publishes it only if ONNX Runtime gives the trainer's answers.
 */
@NullMarked
package lapidary.exporter;

import org.jspecify.annotations.NullMarked;
