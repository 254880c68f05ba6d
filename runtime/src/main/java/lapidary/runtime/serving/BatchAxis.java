package lapidary.runtime.serving;

import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.Inference;
import lapidary.runtime.TensorInfo;

/** Tells whether rows can be run together: every input and output has a first dimension that is open. Stateless. */
final class BatchAxis {
  private BatchAxis() {}

  /** @throws InvalidInputException if the model describes itself and has none, or lacks an output; what it does not describe is not looked at */
  static void require(Inference model, List<String> outputs, BatchLimits limits) {
    List<String> known = model.outputs().stream().map(TensorInfo::name).toList();
    for (String output : outputs) {
      if (!known.isEmpty() && !known.contains(output)) {
        throw NearestName.unknown("output", output, known);
      }
    }
    model.inputs().forEach(input -> require("input", input, limits));
    model.outputs().stream()
        .filter(output -> outputs.contains(output.name()))
        // An output of no dimensions may be one of unknown dimensions too.
        .filter(output -> !output.shape().isEmpty())
        .forEach(output -> require("output", output, limits));
  }

  private static void require(String kind, TensorInfo tensor, BatchLimits limits) {
    boolean open = !tensor.shape().isEmpty() && tensor.shape().get(0) < 0;
    boolean single =
        limits.maxBatch() == 1 && !tensor.shape().isEmpty() && tensor.shape().get(0) == 1;
    if (!open && !single) {
      throw new InvalidInputException(kind + " \"" + tensor.name() + "\" is " + tensor.described()
          + ", which has no open first dimension, so rows cannot be run together; export the model"
          + " with an open batch, or run it without a batcher");
    }
  }
}
