/**
 * The operations of DJL that have an ONNX translation, one row each. Only the exporter's own rooms come in; nothing here is API.
 * Begin reading at {@link lapidary.exporter.trace.operators.OperatorTable}; a new row goes into the file of its kind.
 */
@NullMarked
package lapidary.exporter.trace.operators;

import org.jspecify.annotations.NullMarked;
