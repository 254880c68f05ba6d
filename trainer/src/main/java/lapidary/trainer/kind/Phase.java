package lapidary.trainer.kind;

import java.util.Optional;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.schedule.FitPlan;

/**
 * A part of a run with a schedule of its own.
 *
 * @param fit epochs, learning rates and schedule
 * @param frozen if only the head learns, so that its fresh weights do not spoil pretrained ones, what the other layers' batch norm
 *     does meanwhile; empty if everything learns
 */
public record Phase(FitPlan fit, Optional<FrozenNorm> frozen) {
  /** A phase in which everything learns. */
  public static Phase open(FitPlan fit) {
    return new Phase(fit, Optional.empty());
  }

  /** A phase in which only the head learns. */
  public static Phase frozen(FitPlan fit, FrozenNorm norms) {
    return new Phase(fit, Optional.of(norms));
  }
}
