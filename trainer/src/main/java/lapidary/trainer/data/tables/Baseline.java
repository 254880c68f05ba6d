package lapidary.trainer.data.tables;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the training rows alone would answer, without a network: the most frequent class, or the mean target of the rows that agree
 * in some columns (the mean of all rows for groups that training never shows). Stateless.
 */
public final class Baseline {
  private Baseline() {}

  /** The share of validation rows of the training rows' most frequent class. */
  public static double accuracy(TableDataset data) {
    int[] counts = new int[data.target().labels().size()];
    Arrays.stream(data.target().classes(data.parts().train())).forEach(c -> counts[c]++);
    int most = IntStream.range(0, counts.length)
        .reduce((a, b) -> counts[b] > counts[a] ? b : a)
        .orElseThrow();
    return Arrays.stream(data.target().classes(data.parts().valid()))
        .mapToDouble(c -> c == most ? 1 : 0)
        .average()
        .orElseThrow();
  }

  /** The validation rows' group means, in the target's own unit. */
  public static float[] means(TableDataset data) {
    double[] truth = data.target().numbers(data.parts().train());
    String[] groups = groups(data.parts().train(), data.request().groups());
    Map<String, double[]> sums = new HashMap<>();
    for (int i = 0; i < truth.length; i++) {
      double[] sum = sums.computeIfAbsent(groups[i], key -> new double[2]);
      sum[0] += truth[i];
      sum[1]++;
    }
    double mean = Arrays.stream(truth).average().orElseThrow();
    String[] wanted = groups(data.parts().valid(), data.request().groups());
    float[] answers = new float[wanted.length];
    for (int i = 0; i < answers.length; i++) {
      double[] sum = sums.get(wanted[i]);
      answers[i] = (float) (sum == null ? mean : sum[0] / sum[1]);
    }
    return answers;
  }

  private static String[] groups(Table table, List<String> columns) {
    List<List<String>> cells = columns.stream().map(table::column).toList();
    return IntStream.range(0, table.rows())
        .mapToObj(row ->
            String.join("\n", cells.stream().map(column -> column.get(row)).toList()))
        .toArray(String[]::new);
  }

  /** What the baseline is, in words. */
  public static String text(TableDataset data) {
    if (data.target().classifies()) {
      return "the most frequent class";
    }
    return data.request().groups().isEmpty()
        ? "the mean of the training rows"
        : "the mean of the same " + String.join(" and ", data.request().groups());
  }
}
