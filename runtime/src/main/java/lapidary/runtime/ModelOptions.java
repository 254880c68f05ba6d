package lapidary.runtime;

import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;

/**
 * How a model is opened. Immutable.
 *
 * @param device where it runs
 * @param optimization how far ONNX Runtime rewrites the graph on opening
 * @param warmUpRuns runs on zeros before {@link Model#open} returns, so that the first caller does not pay for lazy
 *     allocation and kernel selection; free dimensions are taken as 1
 */
public record ModelOptions(Device device, Optimization optimization, int warmUpRuns) {
  /** How far ONNX Runtime rewrites the graph. */
  public enum Optimization {
    /** The graph as it is written. */
    NONE,
    /** Rewrites that keep the operators: constant folding, removal of what is not used. */
    BASIC,
    /** Also fused operators. */
    EXTENDED,
    /** Also memory layouts that suit the machine: the fastest, and the default. */
    ALL
  }

  /** Refuses a negative number of warm-up runs. */
  public ModelOptions {
    if (warmUpRuns < 0) {
      throw new InvalidInputException(
          "warm-up runs " + warmUpRuns + " cannot be; give 0 for none, or a small number");
    }
  }

  /** All optimisations and no warm-up. */
  public static ModelOptions of(Device device) {
    return new ModelOptions(device, Optimization.ALL, 0);
  }

  /** The same with another optimisation. */
  public ModelOptions withOptimization(Optimization changed) {
    return new ModelOptions(device, changed, warmUpRuns);
  }

  /** The same with warm-up runs. */
  public ModelOptions withWarmUpRuns(int runs) {
    return new ModelOptions(device, optimization, runs);
  }
}
