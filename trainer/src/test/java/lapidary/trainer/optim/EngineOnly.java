package lapidary.trainer.optim;

import java.util.List;

/** An optimiser that hides its formula in Java, so that the engine's operations are used, as on CUDA. */
record EngineOnly(Optimizer formula) implements Optimizer {
  @Override
  public String name() {
    return formula.name();
  }

  @Override
  public List<String> stateNames() {
    return formula.stateNames();
  }

  @Override
  public double momentum() {
    return formula.momentum();
  }

  @Override
  public WeightDecay weightDecay() {
    return formula.weightDecay();
  }

  @Override
  public void update(Slot slot, StepRate rate, Scalars scalars) {
    formula.update(slot, rate, scalars);
  }
}
