package lapidary.search.inference;

import java.util.List;

/**
 * What a model answered.
 *
 * @param model its name
 * @param version which one it was
 * @param id what the caller called the request; empty if nothing
 * @param outputs in the order asked for, else in that of the file
 */
public record InferenceAnswer(String model, long version, String id, List<OutputTensor> outputs) {
  /** Copies the list. */
  public InferenceAnswer {
    outputs = List.copyOf(outputs);
  }
}
