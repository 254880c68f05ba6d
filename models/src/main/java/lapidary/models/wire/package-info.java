/**
 * Protobuf's wire format without protobuf: for the rooms that may not see the library and read an ONNX file's structure,
 * or make a graph of one operator. Not API.
 *
 * <p>Begin reading at {@link lapidary.models.wire.WireReader}.
 */
@NullMarked
package lapidary.models.wire;

import org.jspecify.annotations.NullMarked;
