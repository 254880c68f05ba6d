package lapidary.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;

/**
 * What a file of bytes in and floats out answers to some rows, to the bit. How many rows are run together may change the last bits
 * of an answer, so that there is a set of them for each row, of all sizes of batches.
 *
 * @param rows what goes in
 * @param answers what comes out, one set of bits for each row
 */
record KnownAnswers(List<Map<String, Tensor>> rows, List<Set<List<Integer>>> answers) {
  /**
   * Runs rows of a fixed pattern.
   *
   * @param output the only one that is asked for
   */
  static KnownAnswers of(Path file, String output, int rows, int largestBatch) {
    try (Model model = Model.open(file, Device.cpu(1))) {
      String input = model.inputs().get(0).name();
      long[] shape = model.inputs().get(0).shape().stream().mapToLong(d -> d).toArray();
      List<Map<String, Tensor>> given = new ArrayList<>();
      List<Set<List<Integer>>> answers = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        given.add(Map.of(input, pixels(row, 1, shape)));
        answers.add(bits(model, input, output, row, shape, largestBatch));
      }
      return new KnownAnswers(given, answers);
    }
  }

  /** Whether this file answers so to a row. */
  boolean has(int row, Tensor answer) {
    return answers.get(row).contains(bits(answer.floats(), 0, answer.floats().length));
  }

  /** Whether some answer could be of either. */
  boolean overlaps(KnownAnswers other) {
    return IntStream.range(0, rows.size())
        .anyMatch(row -> answers.get(row).stream().anyMatch(other.answers.get(row)::contains));
  }

  private static Set<List<Integer>> bits(
      Model model, String input, String output, int row, long[] shape, int largestBatch) {
    return IntStream.rangeClosed(1, largestBatch)
        .boxed()
        .flatMap(size -> {
          Map<String, Tensor> batch = Map.of(input, pixels(row, size, shape));
          float[] all = Objects.requireNonNull(model.run(batch, List.of(output)).get(output))
              .floats();
          int width = all.length / size;
          return IntStream.range(0, size).mapToObj(i -> bits(all, i * width, width));
        })
        .collect(Collectors.toSet());
  }

  private static List<Integer> bits(float[] values, int from, int count) {
    return IntStream.range(from, from + count)
        .map(i -> Float.floatToIntBits(values[i]))
        .boxed()
        .toList();
  }

  /** The same row again and again. */
  private static Tensor pixels(int row, int count, long[] shape) {
    long[] batch = shape.clone();
    batch[0] = count;
    int width = (int) Arrays.stream(batch).skip(1).reduce(1, (a, b) -> a * b);
    byte[] bytes = new byte[count * width];
    for (int i = 0; i < bytes.length; i++) {
      // Any pattern that differs from row to row.
      bytes[i] = (byte) (i % width * (row + 3) / 5);
    }
    return Tensor.uint8(bytes, batch);
  }
}
