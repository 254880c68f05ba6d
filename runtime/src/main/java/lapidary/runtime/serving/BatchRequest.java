package lapidary.runtime.serving;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;

/**
 * One row waiting in a {@link Batcher}.
 *
 * @param inputs by name, each with a first axis of 1
 * @param answer completed by the batcher, cancelled by a caller that no longer waits
 */
record BatchRequest(Map<String, Tensor> inputs, CompletableFuture<Map<String, Tensor>> answer) {
  /** @throws InvalidInputException unless there are inputs, all of one row */
  static BatchRequest of(Map<String, Tensor> inputs) {
    requireOneRow(inputs);
    return new BatchRequest(Map.copyOf(inputs), new CompletableFuture<>());
  }

  /** @throws InvalidInputException unless there are inputs, all of one row */
  static void requireOneRow(Map<String, Tensor> inputs) {
    if (inputs.isEmpty()) {
      throw new InvalidInputException(
          "a row without inputs cannot be batched; give the model's inputs");
    }
    inputs.forEach(BatchRequest::requireOneRow);
  }

  /** Whether both can be rows of one batch: the same names, types and shapes. */
  boolean fits(BatchRequest other) {
    return inputs.keySet().equals(other.inputs.keySet())
        && inputs.entrySet().stream()
            .allMatch(entry -> alike(entry.getValue(), other.inputs.get(entry.getKey())));
  }

  private static boolean alike(Tensor a, @org.jspecify.annotations.Nullable Tensor b) {
    return b != null && a.type() == b.type() && Arrays.equals(a.shape(), b.shape());
  }

  private static void requireOneRow(String name, Tensor tensor) {
    long[] shape = tensor.shape();
    if (shape.length == 0 || shape[0] != 1) {
      throw new InvalidInputException("input \"" + name + "\" is " + tensor
          + "; a batcher takes one row at a time, a first dimension of 1");
    }
  }
}
