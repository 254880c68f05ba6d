package lapidary.search.grpc;

import lapidary.search.grpc.protocol.InferTensorContents;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferRequest.InferInputTensor;

/** Calls of the tiny models. Stateless. */
final class Asked {
  private Asked() {}

  static ModelInferRequest.Builder request(String model, InferInputTensor.Builder... inputs) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    for (InferInputTensor.Builder input : inputs) {
      request.addInputs(input);
    }
    return request;
  }

  static InferInputTensor.Builder input(String datatype, long... shape) {
    InferInputTensor.Builder input =
        InferInputTensor.newBuilder().setName("x").setDatatype(datatype);
    for (long dimension : shape) {
      input.addShape(dimension);
    }
    return input;
  }

  static InferInputTensor.Builder floats(float... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float value : values) {
      contents.addFp32Contents(value);
    }
    return input("FP32", 1, values.length).setContents(contents);
  }

  static ModelInferRequest plus(float first) {
    return request("plus", floats(first, 0, 0)).setId("of " + first).build();
  }
}
