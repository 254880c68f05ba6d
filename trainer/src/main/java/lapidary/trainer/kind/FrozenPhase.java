package lapidary.trainer.kind;

import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.schedule.FitPlan;

/**
 * The first phase of fine-tuning: only the head learns, so that its fresh weights do not spoil the pretrained ones.
 *
 * @param fit epochs, learning rates and schedule
 * @param norms what the frozen layers' batch norm does meanwhile
 */
public record FrozenPhase(FitPlan fit, FrozenNorm norms) {}
