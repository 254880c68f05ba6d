package lapidary.trainer.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a user may want to change before a table is learned from, by its training rows. Stateless. */
final class TableAdvice {
  /** Beyond this, about as skewed as an exponential distribution is by half. */
  private static final double SKEWED = 1;

  private TableAdvice() {}

  /** Sentences, perhaps none. */
  static List<String> of(TableDataset data) {
    List<String> advice = new ArrayList<>();
    Table train = data.parts().train();
    for (ColumnDecision decision : data.decisions()) {
      if (isRead(decision, data.target())) {
        NumberLook.of(train.cells(decision.column()), train.column(decision.column()))
            .ifPresent(look -> advice.add("column " + decision.column() + " " + look));
      }
    }
    if (isSkewed(data)) {
      advice.add("the target " + data.target().column()
          + " is positive and skewed; --log-target learns its logarithm, and so relative errors");
    }
    return List.copyOf(advice);
  }

  /** Whether a column is taken for texts without anybody having said so. */
  private static boolean isRead(ColumnDecision decision, Target target) {
    return switch (decision.role()) {
      case TARGET -> target.classifies();
      case CATEGORICAL, IGNORED -> !decision.isNamed();
      case CONTINUOUS, DATE -> false;
    };
  }

  private static boolean isSkewed(TableDataset data) {
    if (data.target().classifies() || data.target().scale().log()) {
      return false;
    }
    double[] values = data.target().numbers(data.parts().train());
    if (Arrays.stream(values).anyMatch(value -> value <= 0)) {
      return false;
    }
    double skewness = skewness(values);
    double ofLogarithm = skewness(Arrays.stream(values).map(Math::log).toArray());
    return skewness > SKEWED && Math.abs(ofLogarithm) < skewness / 2;
  }

  /** The third standardised moment. */
  static double skewness(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double second =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double third =
        Arrays.stream(values).map(v -> Math.pow(v - mean, 3)).average().orElseThrow();
    return third / Math.pow(second, 1.5);
  }
}
