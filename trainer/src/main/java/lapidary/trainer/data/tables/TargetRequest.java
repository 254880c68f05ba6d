package lapidary.trainer.data.tables;

import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.models.Range;
import lapidary.models.Task;

/**
 * How the target is to be understood.
 *
 * @param task classification or regression; empty to infer: numbers by the rule that makes a column continuous, else classes
 * @param log whether the logarithm of a number is learnt
 * @param range the ends that predicted numbers are kept between, in the target's own unit
 */
public record TargetRequest(Optional<Task> task, boolean log, Optional<Range> range) {
  /** Everything inferred. */
  public static final TargetRequest INFERRED =
      new TargetRequest(Optional.empty(), false, Optional.empty());

  /** Refuses a logarithm or a range of classes, and the logarithm of a range that is not above 0. */
  public TargetRequest {
    boolean ofNumbers = log || range.isPresent();
    if (ofNumbers && task.filter(Task.CLASSIFICATION::equals).isPresent()) {
      throw new InvalidInputException(
          "classes have neither a logarithm nor a range; omit --log-target and --y-range");
    }
    if (log && range.isPresent() && range.get().low() <= 0) {
      throw new InvalidInputException("a range from " + range.get().low()
          + " has no logarithm; give a low end above 0, or no log target");
    }
  }
}
