/** Protobuf's wire format without protobuf: for the rooms that may not see the library and read an ONNX file's structure. */
@NullMarked
package lapidary.models.wire;

import org.jspecify.annotations.NullMarked;
