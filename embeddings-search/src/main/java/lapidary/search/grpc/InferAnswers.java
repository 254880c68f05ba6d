package lapidary.search.grpc;

import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.grpc.protocol.ModelInferResponse.InferOutputTensor;
import lapidary.search.inference.InferenceAnswer;
import lapidary.search.inference.OutputTensor;

/** Writes what a model answered. Stateless. */
final class InferAnswers {
  private InferAnswers() {}

  /**
   * Writes an answer.
   *
   * @param raw whether the outputs go raw, as the inputs came; all do if one of them has no typed contents
   */
  static ModelInferResponse write(InferenceAnswer answer, boolean raw) {
    List<OutputTensor> outputs = answer.outputs();
    boolean allRaw =
        raw || outputs.stream().anyMatch(output -> output.datatype().rawOnly());
    ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
        .setModelName(answer.model())
        .setModelVersion(Long.toString(answer.version()))
        .setId(answer.id());
    for (OutputTensor output : outputs) {
      InferOutputTensor.Builder described = described(output);
      if (allRaw) {
        // The bytes are the output's own, and nobody else has them.
        response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(output.raw()));
      } else {
        described.setContents(TypedContents.write(output));
      }
      response.addOutputs(described);
    }
    return response.build();
  }

  private static InferOutputTensor.Builder described(OutputTensor output) {
    InferOutputTensor.Builder described = InferOutputTensor.newBuilder()
        .setName(output.name())
        .setDatatype(output.datatype().name());
    for (long dimension : output.values().shape()) {
      described.addShape(dimension);
    }
    return described;
  }
}
