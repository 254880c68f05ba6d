package lapidary.search.inference;

import java.util.List;

/**
 * A request to run a model.
 *
 * @param model which one
 * @param id what the caller calls the request, which the answer repeats; empty if nothing
 * @param parameters of the request as a whole
 * @param inputs a tensor for each input of the model, in any order
 * @param outputs those that are asked for, in the order of the answer; none for all
 */
public record InferenceRequest(
    ModelReference model,
    String id,
    Parameters parameters,
    List<InputTensor> inputs,
    List<RequestedOutput> outputs) {
  /** Copies the lists. */
  public InferenceRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** All outputs, nothing else wanted. */
  public static InferenceRequest of(ModelReference model, List<InputTensor> inputs) {
    return new InferenceRequest(model, "", Parameters.NONE, inputs, List.of());
  }
}
