package lapidary.search.grpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.search.grpc.protocol.InferParameter;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferRequest.InferInputTensor;
import lapidary.search.inference.Datatype;
import lapidary.search.inference.InferenceRequest;
import lapidary.search.inference.InputTensor;
import lapidary.search.inference.ModelReference;
import lapidary.search.inference.Parameters;
import lapidary.search.inference.RequestedOutput;

/** Reads requests to run a model. Stateless. */
final class InferRequests {
  private InferRequests() {}

  static InferenceRequest read(ModelInferRequest request) {
    return new InferenceRequest(
        ModelReference.of(request.getModelName(), request.getModelVersion()),
        request.getId(),
        parameters(request.getParametersMap()),
        inputs(request),
        request.getOutputsList().stream()
            .map(output ->
                RequestedOutput.of(output.getName(), parameters(output.getParametersMap())))
            .toList());
  }

  private static List<InputTensor> inputs(ModelInferRequest request) {
    int count = request.getInputsCount();
    boolean raw = request.getRawInputContentsCount() > 0;
    if (raw && request.getRawInputContentsCount() != count) {
      throw new InvalidInputException("raw_input_contents has "
          + request.getRawInputContentsCount() + " entries, and there are " + count
          + " inputs; give one for each input, in their order");
    }
    List<InputTensor> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      inputs.add(raw ? raw(request, i) : typed(request.getInputs(i)));
    }
    return inputs;
  }

  private static InputTensor raw(ModelInferRequest request, int index) {
    InferInputTensor input = request.getInputs(index);
    if (input.hasContents()) {
      throw new InvalidInputException(
          "input \"" + input.getName() + "\" has contents beside raw_input_contents; give either");
    }
    requireOwn(input);
    // A view: the bytes go from the message into the tensor.
    return InputTensor.raw(
        input.getName(),
        Datatype.named(input.getDatatype()),
        shape(input),
        request.getRawInputContents(index).asReadOnlyByteBuffer());
  }

  private static InputTensor typed(InferInputTensor input) {
    requireOwn(input);
    return TypedContents.read(input, Datatype.named(input.getDatatype()), shape(input));
  }

  private static void requireOwn(InferInputTensor input) {
    if (input.getParametersCount() > 0) {
      parameters(input.getParametersMap())
          .requireNoSharedMemory("input \"" + input.getName() + "\"");
    }
  }

  private static long[] shape(InferInputTensor input) {
    long[] shape = new long[input.getShapeCount()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = input.getShape(i);
    }
    return shape;
  }

  private static Parameters parameters(Map<String, InferParameter> sent) {
    if (sent.isEmpty()) {
      return Parameters.NONE;
    }
    Map<String, Object> values = new HashMap<>();
    sent.forEach((name, parameter) -> {
      switch (parameter.getParameterChoiceCase()) {
        case BOOL_PARAM -> values.put(name, parameter.getBoolParam());
        case INT64_PARAM -> values.put(name, parameter.getInt64Param());
        case STRING_PARAM -> values.put(name, parameter.getStringParam());
        case DOUBLE_PARAM -> values.put(name, parameter.getDoubleParam());
        case UINT64_PARAM -> values.put(name, parameter.getUint64Param());
        case PARAMETERCHOICE_NOT_SET -> {
          // Says nothing.
        }
      }
    });
    return Parameters.of(values);
  }
}
