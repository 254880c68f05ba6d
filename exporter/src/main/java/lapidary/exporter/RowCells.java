package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.DateInput;
import lapidary.models.NumberInput;
import lapidary.runtime.Tensor;

/** Raw cells of a column as both sides of a comparison take them. Stateless. */
final class RowCells {
  private RowCells() {}

  /** What the file takes, [n, 1]. */
  static Tensor raw(ColumnInput input, List<String> cells) {
    int rows = cells.size();
    if (input instanceof CategoryInput) {
      return Tensor.strings(cells.toArray(String[]::new), rows, 1);
    }
    return input instanceof DateInput
        ? Tensor.longs(cells.stream().mapToLong(input.cells()::day).toArray(), rows, 1)
        : Tensor.floats(numbers(input, cells), rows, 1);
  }

  /** What the network takes, by the input's own rules. */
  static NDArray network(ColumnInput input, List<String> cells, NDManager manager) {
    Shape shape = new Shape(cells.size()).addAll(NetworkInput.of(input).shape());
    if (input instanceof CategoryInput category) {
      return manager.create(cells.stream().mapToLong(category::row).toArray(), shape);
    }
    if (input instanceof DateInput date) {
      long[] rows = cells.stream()
          .flatMapToLong(cell -> java.util.Arrays.stream(date.rows(date.cells().day(cell))))
          .toArray();
      return manager.create(rows, shape);
    }
    return manager.create(features((NumberInput) input, numbers(input, cells)), shape);
  }

  private static float[] features(NumberInput input, float[] raw) {
    int width = input.width();
    float[] features = new float[raw.length * width];
    for (int i = 0; i < raw.length; i++) {
      features[i * width] = input.standardised(raw[i]);
      if (input.indicator()) {
        features[i * width + 1] = Float.isNaN(raw[i]) ? 1 : 0;
      }
    }
    return features;
  }

  private static float[] numbers(ColumnInput input, List<String> cells) {
    float[] numbers = new float[cells.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = input.cells().number(cells.get(i));
    }
    return numbers;
  }
}
