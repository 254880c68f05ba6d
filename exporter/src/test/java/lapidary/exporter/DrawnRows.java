package lapidary.exporter;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import lapidary.models.ElementType;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/**
 * Rows drawn from a seed, for both sides: normal numbers, and whole ones from 0 on.
 *
 * @param feed for a file
 * @param arrays for a network
 */
public record DrawnRows(Map<String, Tensor> feed, NDList arrays) {
  /** So many rows; whole numbers stay below the bound of their input. */
  public static DrawnRows of(
      List<TensorInput> inputs,
      int batch,
      ToIntFunction<TensorInput> bound,
      Random random,
      NDManager manager) {
    Map<String, Tensor> feed = new LinkedHashMap<>();
    NDList arrays = new NDList();
    for (TensorInput input : inputs) {
      Shape shape = new Shape(batch).addAll(new Shape(input.shape()));
      int count = Math.toIntExact(shape.size());
      if (input.type() == ElementType.INT64) {
        long[] values =
            random.ints(count, 0, bound.applyAsInt(input)).asLongStream().toArray();
        feed.put(input.name(), Tensor.longs(values, shape.getShape()));
        arrays.add(manager.create(values, shape));
      } else {
        float[] values = new float[count];
        IntStream.range(0, count).forEach(i -> values[i] = (float) random.nextGaussian());
        feed.put(input.name(), Tensor.floats(values, shape.getShape()));
        arrays.add(manager.create(values, shape));
      }
    }
    return new DrawnRows(feed, arrays);
  }

  /** What the engine makes of them. */
  public NDList answers(Block block, NDManager manager) {
    return block.forward(new ParameterStore(manager, false), arrays, false);
  }
}
