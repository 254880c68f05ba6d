package lapidary.trainer.optim;

/**
 * An optimiser whose formula also runs over Java memory, in one pass over weight, gradient and state. For parameters on the CPU
 * this is several times quicker than the engine's operations, each of which is a pass of its own.
 */
public interface FusedOptimizer extends Optimizer {
  /** The formula with one step's numbers filled in; it gives what {@link #update} gives, but for rounding. */
  Pass pass(StepRate rate);

  /** One step's formula over a stretch of one parameter. Stateless: stretches may be updated in any order, or at once. */
  @FunctionalInterface
  interface Pass {
    /**
     * Updates the first {@code count} numbers of the stretch. All arrays begin with the stretch: the JIT vectorises a loop whose
     * arrays share one index, and not one with offsets.
     *
     * @param weight changed in place
     * @param gradient read only
     * @param state arrays in the order of {@link Optimizer#stateNames}, changed in place
     */
    void update(float[] weight, float[] gradient, float[][] state, int count);
  }
}
