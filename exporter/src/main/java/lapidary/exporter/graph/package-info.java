/**
 * ONNX graphs under construction: nodes, attributes, tensors and open sizes, reading and writing files, passes over a graph. Only
 * the exporter's own rooms come in, and nothing here is API but {@link lapidary.exporter.graph.ExportException}, which all of them
 * throw. Begin reading at {@link lapidary.exporter.graph.OnnxGraph}.
 */
@NullMarked
package lapidary.exporter.graph;

import org.jspecify.annotations.NullMarked;
