package lapidary.runtime.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Rows;
import lapidary.runtime.Tensor;

/** The first rows of inputs that come in batches. Not thread-safe. */
final class FirstRows {
  private final int most;
  private final List<Map<String, Tensor>> rows = new ArrayList<>();

  FirstRows(int most) {
    this.most = most;
  }

  /** Takes what there is room for of a batch of {@code count} rows; nothing of inputs that are not rows. */
  void add(Map<String, Tensor> batch, int count) {
    if (batch.values().stream().allMatch(input -> isOfRows(input, count))) {
      for (int row = 0; row < count && rows.size() < most; row++) {
        rows.add(Rows.row(batch, row, count));
      }
    }
  }

  /**
   * So many rows as one batch, from the first again where there are fewer.
   *
   * @throws InvalidInputException if there is none, or none are asked for
   */
  Map<String, Tensor> batch(int count) {
    if (rows.isEmpty() || count < 1) {
      throw new InvalidInputException("a batch of " + count + " rows cannot be made of the first "
          + rows.size() + "; add inputs that are rows, and ask for at least 1");
    }
    return Rows.join(
        IntStream.range(0, count).mapToObj(row -> rows.get(row % rows.size())).toList());
  }

  private static boolean isOfRows(Tensor input, int count) {
    long[] shape = input.shape();
    return shape.length > 0 && shape[0] == count;
  }
}
