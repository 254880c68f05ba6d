package lapidary.cli.predict;

import java.util.Locale;
import java.util.OptionalDouble;
import lapidary.cli.console.Console;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a score has to be. */
final class ScoreLimit {
  @Option(
      names = "--at-least",
      paramLabel = "ACCURACY",
      description =
          "Exit 1 if the accuracy of classes is lower, such as 0.85; of either file, if there are"
              + " two.")
  private @Nullable Double atLeast;

  @Option(
      names = "--at-most",
      paramLabel = "RMSE",
      description =
          "Exit 1 if the root mean squared error of numbers is higher, such as 0.92; of either"
              + " file, if there are two.")
  private @Nullable Double atMost;

  /**
   * Whether a score is not what it has to be, which is said on standard error.
   *
   * @param file what was scored
   * @param named whether to name it
   * @throws InvalidInputException if it has no score of the kind that is limited
   */
  boolean missed(
      String file, boolean named, OptionalDouble accuracy, OptionalDouble rmse, Console console) {
    String whose = named ? file + ": " : "";
    boolean wrong = breach(file, whose + "accuracy", accuracy, atLeast, -1, console);
    boolean far = breach(file, whose + "root mean squared error", rmse, atMost, 1, console);
    return wrong || far;
  }

  /** @param sign 1 for an upper limit, -1 for a lower one */
  private static boolean breach(
      String file,
      String what,
      OptionalDouble score,
      @Nullable Double limit,
      int sign,
      Console console) {
    if (limit == null) {
      return false;
    }
    if (score.isEmpty()) {
      throw new InvalidInputException(file + " has no "
          + (sign > 0 ? "root mean squared error" : "accuracy")
          + "; classifiers are held to --at-least, models of numbers to --at-most");
    }
    boolean missed = sign * score.getAsDouble() > sign * limit;
    if (missed) {
      console
          .err()
          .printf(
              Locale.ROOT,
              "lapidary: %s %.4f is %s the wanted %.4f%n",
              what,
              score.getAsDouble(),
              sign > 0 ? "above" : "below",
              limit);
    }
    return missed;
  }
}
