package lapidary.trainer.learn;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import lapidary.models.EnvironmentException;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.GpuMemory;
import lapidary.trainer.engine.ShutdownFence;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.optim.ParameterUpdates;
import lapidary.trainer.optim.Scalars;
import lapidary.trainer.store.StoredTensor;

/**
 * Finds the batch that fits where one did not: whole steps are made of half as many rows, and half of that, at a rate of 0, until
 * one has the memory. Weights and the optimiser's state are put back.
 */
final class FittingBatch {
  private final TrainingStep step;
  private final ParameterUpdates updates;
  private final Examples rows;
  private final LearnerOptions options;

  FittingBatch(TrainingStep step, ParameterUpdates updates, Examples rows, LearnerOptions options) {
    this.step = step;
    this.updates = updates;
    this.rows = rows;
    this.options = options;
  }

  /**
   * Learns.
   *
   * @param learning whose arrays are freed when it fails
   * @throws EnvironmentException if a device's memory is full, naming a batch that fits
   */
  <T> T orSaid(Supplier<T> learning) {
    try {
      return learning.get();
    } catch (EngineException e) {
      if (!GpuMemory.isFull(e)) {
        throw e;
      }
      int batch = Math.min(options.batch(), rows.rows());
      throw GpuMemory.ofBatch(e, batch, ShutdownFence.step(() -> below(batch)));
    }
  }

  /** Rows that fit, 0 if there is no such number. */
  private int below(int batch) {
    BatchNeeds needs = BatchNeeds.of(step.network().block(), options);
    int least = needs.rows() == 1 ? 1 : needs.rows() * needs.devices();
    List<StoredTensor> weights = step.network().weights();
    List<StoredTensor> state = updates.state();
    int fewer = batch / 2;
    while (fewer >= least && !fits(fewer, needs)) {
      fewer /= 2;
    }
    Engines.giveBack(step.network().manager().getDevice());
    step.forgetGradients();
    step.network().restore(weights);
    updates.restore(state, "the state before the batch that did not fit");
    return fewer >= least ? fewer : 0;
  }

  private boolean fits(int batch, BatchNeeds needs) {
    Engines.giveBack(step.network().manager().getDevice());
    BatchOrder order = BatchOrder.ascending(batch, batch);
    try (NDManager scope = step.network().manager().newSubManager();
        Examples.Pass pass = rows.pass(order, 0)) {
      Batch tried = options.mixed(pass.next(scope), 0);
      RunningLoss loss = new RunningLoss(scope, new Scalars(scope), 0, 0);
      double[] none = new double[step.network().groups().size()];
      if (needs.areMetBy(tried.rows())) {
        step.run(tried, needs.sharesOf(tried.rows()), none, OptionalDouble.empty(), loss);
        // Waits for the device.
        loss.sum();
      }
      return true;
    } catch (EngineException e) {
      if (!GpuMemory.isFull(e)) {
        throw e;
      }
      return false;
    }
  }
}
