/**
 * Cuts trained networks into self-contained ONNX files: traces a DJL block as far as the operator table reaches, writes the graph with its preprocessing and
 * metadata, and publishes it only if ONNX Runtime gives the trainer's answers. The face of the exporter: callers come in here, the
 * rooms below are not API but for {@link lapidary.exporter.trace.Operator} and what it touches. Begin reading at {@link lapidary.exporter.OnnxExporter}.
 */
@NullMarked
package lapidary.exporter;

import org.jspecify.annotations.NullMarked;
