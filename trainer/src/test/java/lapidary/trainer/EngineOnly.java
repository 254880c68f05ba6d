package lapidary.trainer;

import java.util.List;
import lapidary.trainer.optim.Optimizer;
import lapidary.trainer.optim.Scalars;
import lapidary.trainer.optim.StepRate;
import lapidary.trainer.optim.WeightDecay;

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
