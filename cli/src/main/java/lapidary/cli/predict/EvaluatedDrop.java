package lapidary.cli.predict;

import java.util.OptionalDouble;
import lapidary.cli.console.Console;
import lapidary.exporter.quantize.Judge;
import lapidary.runtime.Model;
import lapidary.runtime.score.Comparison;
import org.jspecify.annotations.Nullable;

/** Judges a file in fewer bits by what evaluate finds of it and of the one it was made of. Used by one thread. */
public final class EvaluatedDrop implements Judge {
  private static final double ANY_TOLERANCE = 0.01;

  private final String data;
  private final Console console;
  private @Nullable Evaluation rows;

  /**
   * By the rows of a data set that were held out of training.
   *
   * @param data its name or path
   */
  public EvaluatedDrop(String data, Console console) {
    this.data = data;
    this.console = console;
  }

  @Override
  public Verdict judge(Model before, Model after) {
    Evaluation evaluation = rows == null ? Evaluations.of(before, data, console) : rows;
    rows = evaluation;
    Compared found = evaluation.compare(Comparison.of(before, after), ANY_TOLERANCE);
    OptionalDouble right = found.score(Compared.ACCURACY, Compared.Pair::model);
    if (right.isPresent()) {
      return Verdict.ofShare(
          "accuracy",
          right.getAsDouble(),
          found.score(Compared.ACCURACY, Compared.Pair::against).orElseThrow());
    }
    return Verdict.ofError(
        "root mean squared error",
        found.score(Compared.RMSE, Compared.Pair::model).orElseThrow(),
        found.score(Compared.RMSE, Compared.Pair::against).orElseThrow());
  }
}
