package lapidary.trainer.optim;

/**
 * The numbers of one step for one parameter.
 *
 * @param step counts updates of this parameter from 1
 * @param learningRate 0 or more
 * @param momentum momentum or beta1, in [0, 1)
 * @param weightDecay 0 where the parameter is excluded from decay
 */
public record StepRate(long step, double learningRate, double momentum, double weightDecay) {}
