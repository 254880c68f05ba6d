/** Tests of the operator table, judged by DJL and ONNX Runtime. */
@NullMarked
package lapidary.exporter.trace.operators;

import org.jspecify.annotations.NullMarked;
