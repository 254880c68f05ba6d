package lapidary.models;

import java.util.List;

/**
 * How far ONNX Runtime's answers are from the trainer's on the same rows. Immutable.
 *
 * @param tolerance the largest relative difference that was allowed
 * @param rows where the rows came from: {@code validation} (real ones) or {@code random}
 * @param batches the batch sizes compared
 * @param outputs one entry for each output
 */
public record Parity(
    double tolerance, String rows, List<Integer> batches, List<Difference> outputs) {
  /** Copies the lists. */
  public Parity {
    batches = List.copyOf(batches);
    outputs = List.copyOf(outputs);
  }

  /**
   * The worst difference of one output.
   *
   * @param output its name
   * @param absolute max |a − b|
   * @param relative max |a − b| over max |b|: relative to the output's own scale
   * @param sameTop1 whether every row has its largest value in the same place; true for outputs that are not scores
   */
  public record Difference(String output, double absolute, double relative, boolean sameTop1) {}

  /** The worst relative difference of all outputs. */
  public double worstRelative() {
    return outputs.stream().mapToDouble(Difference::relative).max().orElse(0);
  }

  /** Whether every output is within the tolerance with the same top answer. */
  public boolean holds() {
    return outputs.stream().allMatch(d -> d.relative() <= tolerance && d.sameTop1());
  }
}
