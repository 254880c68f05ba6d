/** Tests of the exporter, judged by DJL and ONNX Runtime. */
@NullMarked
package lapidary.exporter;

import org.jspecify.annotations.NullMarked;
