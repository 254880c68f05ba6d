package lapidary.runtime.serving;

import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelSource;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;

/**
 * Runs single rows through a batcher and batches on the model itself. A model that follows its file may become another one while
 * a row waits: the row is then run on the model that was lent, whose labels the caller has read. Thread-safe.
 *
 * @param given names of the outputs that the batcher gives
 * @param lent the model that the caller reads
 * @param direct runs that model without the batcher
 * @param source tells whether that model still answers
 */
record BatchedRows(
    Batcher batcher, List<String> given, Model lent, Inference direct, ModelSource source)
    implements Inference {
  @Override
  public List<TensorInfo> inputs() {
    return lent.inputs();
  }

  @Override
  public List<TensorInfo> outputs() {
    return lent.outputs().stream()
        .filter(output -> given.contains(output.name()))
        .toList();
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    boolean single = inputs.values().stream().allMatch(BatchedRows::isOneRow);
    return single ? one(inputs, outputs) : direct.run(inputs, outputs);
  }

  private Map<String, Tensor> one(Map<String, Tensor> row, List<String> outputs) {
    requireGiven(outputs);
    Map<String, Tensor> answer;
    try {
      answer = batcher.run(row, outputs);
    } catch (InvalidInputException e) {
      if (lentAnswers()) {
        throw e;
      }
      // The other model takes other rows.
      return direct.run(row, outputs);
    }
    return lentAnswers() ? answer : direct.run(row, outputs);
  }

  /** A model that was replaced never answers again, so what answers before and after answered in between. */
  private boolean lentAnswers() {
    return source.lend((now, unused) -> now == lent);
  }

  private void requireGiven(List<String> outputs) {
    for (String name : outputs) {
      if (!given.contains(name)) {
        throw NearestName.unknown("output of this batcher", name, given);
      }
    }
  }

  private static boolean isOneRow(Tensor tensor) {
    long[] shape = tensor.shape();
    return shape.length > 0 && shape[0] == 1;
  }
}
