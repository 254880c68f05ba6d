package lapidary.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Finds how many rows fit into a device's memory where more of them did not, by running fewer. Stateless. */
final class FittingRows {
  private FittingRows() {}

  /**
   * Halves the rows until they run, zeros in place of their values.
   *
   * @param inputs what did not fit
   * @param described the model's inputs; rows are counted where the first dimension is open
   * @param runs whether such inputs run
   * @return how many rows ran, 0 if not even one did; empty if the inputs are one row, or not rows
   */
  static OptionalInt below(
      Map<String, Tensor> inputs, List<TensorInfo> described, Predicate<Map<String, Tensor>> runs) {
    int rows = rows(inputs, described);
    if (rows < 2) {
      return OptionalInt.empty();
    }
    int fewer = rows / 2;
    while (fewer > 0 && !runs.test(zeros(inputs, described, fewer))) {
      fewer /= 2;
    }
    return OptionalInt.of(fewer);
  }

  /** The number that all open first dimensions have; 0 if there are none, or they differ. */
  private static int rows(Map<String, Tensor> inputs, List<TensorInfo> described) {
    long[] different = described.stream()
        .filter(FittingRows::isOfRows)
        .mapToLong(input -> shape(inputs, input)[0])
        .distinct()
        .toArray();
    return different.length == 1 ? Math.toIntExact(different[0]) : 0;
  }

  private static boolean isOfRows(TensorInfo input) {
    return !input.shape().isEmpty() && input.shape().get(0) < 0;
  }

  private static long[] shape(Map<String, Tensor> inputs, TensorInfo input) {
    Tensor given = inputs.get(input.name());
    return given == null ? new long[] {0} : given.shape();
  }

  private static Map<String, Tensor> zeros(
      Map<String, Tensor> inputs, List<TensorInfo> described, int rows) {
    Map<String, Tensor> zeros = new LinkedHashMap<>(inputs);
    described.stream().filter(FittingRows::isOfRows).forEach(input -> {
      long[] shape = shape(inputs, input);
      shape[0] = rows;
      zeros.put(input.name(), Tensor.zeros(input.type(), shape));
    });
    return zeros;
  }
}
