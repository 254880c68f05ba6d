package lapidary.runtime.serving;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;

/**
 * One row waiting in a {@link Batcher}.
 *
 * @param inputs by name, each with a first axis of 1
 * @param outputs what is asked for
 * @param answer completed by the batcher, cancelled by a caller that no longer waits
 * @param since when it came, by {@link System#nanoTime}
 */
record BatchRequest(
    Map<String, Tensor> inputs,
    List<String> outputs,
    CompletableFuture<Map<String, Tensor>> answer,
    long since) {
  /** @throws InvalidInputException unless there are inputs, all of one row */
  static BatchRequest of(Map<String, Tensor> inputs, List<String> outputs) {
    requireOneRow(inputs);
    return new BatchRequest(
        Map.copyOf(inputs), List.copyOf(outputs), new CompletableFuture<>(), System.nanoTime());
  }

  /** @throws InvalidInputException unless there are inputs, all of one row */
  static void requireOneRow(Map<String, Tensor> inputs) {
    if (inputs.isEmpty()) {
      throw new InvalidInputException(
          "a row without inputs cannot be batched; give the model's inputs");
    }
    inputs.forEach(BatchRequest::requireOneRow);
  }

  /** Whether both can be rows of one batch: the same names, types and shapes, for the same outputs. */
  boolean fits(BatchRequest other) {
    return outputs.equals(other.outputs)
        && inputs.keySet().equals(other.inputs.keySet())
        && inputs.entrySet().stream()
            .allMatch(entry -> alike(entry.getValue(), other.inputs.get(entry.getKey())));
  }

  /** What a row is told that waited too long. */
  static OverloadedException late(Duration timeout) {
    return new OverloadedException(
        "no answer within " + timeout + "; ask again later, or raise the timeout");
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
