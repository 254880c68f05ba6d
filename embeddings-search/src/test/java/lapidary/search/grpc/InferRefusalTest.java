package lapidary.search.grpc;

import static lapidary.search.grpc.Asked.floats;
import static lapidary.search.grpc.Asked.input;
import static lapidary.search.grpc.Asked.request;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import lapidary.search.grpc.protocol.InferParameter;
import org.junit.jupiter.api.Test;

/** What is wrong with a call is said in a status that a client knows and a sentence that a person understands. */
final class InferRefusalTest extends TinyServed {
  @Test
  void whatMakesNoSenseIsAnInvalidArgument() {
    Status.Code invalid = Status.Code.INVALID_ARGUMENT;
    tiny.assertRefused(
        invalid,
        "takes input \"x\" as FP32 [-1, 3], not FP32 [1, 2]",
        request("plus", floats(1, 2)));
    tiny.assertRefused(
        invalid,
        "has 0 values, and its shape [1, 3] wants 3",
        request("plus", input("FP32", 1, 3)));
    tiny.assertRefused(
        invalid,
        "unknown datatype \"FP23\". Known: BOOL, UINT8",
        request("plus", input("FP23", 1, 3)));
    tiny.assertRefused(
        invalid, "FP16, which has no typed contents", request("plus", input("FP16", 1, 3)));
    tiny.assertRefused(
        invalid,
        "raw_input_contents has 2 entries, and there are 1 inputs",
        request("plus", input("FP32", 1, 3))
            .addRawInputContents(ByteString.EMPTY)
            .addRawInputContents(ByteString.EMPTY));
    tiny.assertRefused(
        invalid,
        "has contents beside raw_input_contents",
        request("plus", floats(1, 2, 3)).addRawInputContents(ByteString.EMPTY));
    tiny.assertRefused(
        invalid,
        "is in shared memory",
        request("plus", floats(1, 2, 3).putParameters("shared_memory_region", text("r"))));
    tiny.assertRefused(
        invalid,
        "version \"new\" of model \"plus\" is not a number",
        request("plus", floats(1, 2, 3)).setModelVersion("new"));
    tiny.assertRefused(
        Status.Code.NOT_FOUND,
        "unknown model \"plsu\"; did you mean \"plus\"?",
        request("plsu", floats(1, 2, 3)));
    tiny.assertRefused(
        Status.Code.NOT_FOUND,
        "plus has no version 9",
        request("plus", floats(1, 2, 3)).setModelVersion("9"));
  }

  private static InferParameter text(String value) {
    return InferParameter.newBuilder().setStringParam(value).build();
  }
}
