package lapidary.cli.predict;

import java.util.List;
import java.util.Map;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.score.Comparison;

/**
 * Runs rows through both files of a comparison and answers as the first, for a front door that makes tensors of raw rows.
 *
 * @param comparison gets the rows
 * @param model its first file
 */
record PairedRows(Comparison comparison, Model model) implements Inference {
  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    return Map.of(comparison.output(), comparison.add(inputs));
  }

  @Override
  public List<TensorInfo> inputs() {
    return model.inputs();
  }

  @Override
  public List<TensorInfo> outputs() {
    return model.outputs();
  }
}
