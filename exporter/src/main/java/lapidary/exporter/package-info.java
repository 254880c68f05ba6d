/**
 * Cuts trained networks into self-contained ONNX files: traces a DJL block as far as the operator table reaches, writes the graph
 * with its preprocessing and metadata, and publishes it only if ONNX Runtime gives the trainer's answers. Callers come in here; of
 * the rooms below only {@link lapidary.exporter.trace.Operator} and what it touches is API. Begin reading at
 * {@link lapidary.exporter.OnnxExporter}.
 */
@NullMarked
package lapidary.exporter;

import org.jspecify.annotations.NullMarked;
