package lapidary.trainer.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link TensorSet} is made of.
 *
 * @param inputs each [rows, …]
 * @param targets [rows, …]
 * @param preparation what happens to each gathered batch of an input
 */
public record Tensors(List<NDArray> inputs, NDArray targets, Preparation preparation) {
  /** Copies the list. */
  public Tensors {
    inputs = List.copyOf(inputs);
  }

  /** Tensors whose rows go into the network as they are. */
  public static Tensors of(List<NDArray> inputs, NDArray targets) {
    return new Tensors(inputs, targets, Preparation.NONE);
  }

  /** Class numbers as targets, int64 [rows, 1]. */
  public static NDArray classes(NDManager manager, int[] classes) {
    return numbers(manager, classes).reshape(classes.length, 1);
  }

  /** Whole numbers, int64 [rows]. */
  public static NDArray numbers(NDManager manager, int[] numbers) {
    return manager.create(Arrays.stream(numbers).asLongStream().toArray());
  }
}
