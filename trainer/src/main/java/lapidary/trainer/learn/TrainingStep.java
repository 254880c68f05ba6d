package lapidary.trainer.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.OptionalDouble;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.ParameterUpdates;

/** Forward, loss, backward and update for one batch. */
final class TrainingStep implements AutoCloseable {
  private final Network network;
  private final Loss loss;
  private final ParameterUpdates updates;
  private final LearnerOptions options;
  private final double ownMomentum;
  private final DataParallel parallel;
  private final OutputCheck check;

  TrainingStep(
      Network network, Objective objective, ParameterUpdates updates, LearnerOptions options) {
    this.network = network;
    this.loss = objective.loss();
    this.updates = updates;
    this.options = options;
    this.ownMomentum = objective.optimizer().momentum();
    this.parallel = new DataParallel(network, options.replicas());
    this.check = new OutputCheck(network, loss);
  }

  Network network() {
    return network;
  }

  /** The optimiser's momentum, where no schedule drives it. */
  double ownMomentum() {
    return ownMomentum;
  }

  /**
   * Learns from one batch and adds its loss to {@code running}.
   *
   * @param shares devices that the batch is divided among, if there are several
   */
  void run(Batch batch, int shares, double[] rates, OptionalDouble momentum, RunningLoss running) {
    try (GradientCollector collector = Engines.gradients()) {
      backward(batch, shares, collector, running);
    }
    updates.step(rates, momentum, options.clipNorm());
    parallel.spreadWeights();
  }

  private void backward(Batch batch, int shares, GradientCollector collector, RunningLoss running) {
    if (parallel.isParallel()) {
      List<DataParallel.Share> divided = parallel.forward(batch, shares);
      check.require(batch, divided.stream().map(DataParallel.Share::outputs).toList());
      parallel.backward(divided, loss, collector, running);
    } else {
      NDList outputs = network.forward(batch.inputs(), true);
      check.require(batch, List.of(outputs.head()));
      NDArray mean = batch.loss(loss, outputs.head());
      collector.backward(mean);
      running.add(mean, Math.toIntExact(batch.targets().size(0)));
    }
  }

  /** Zeroes all gradients, after a step that was not ended. */
  void forgetGradients() {
    updates.forgetGradients();
    parallel.forgetGradients();
  }

  /** Brings all devices to the network's weights. */
  void spreadWeights() {
    parallel.spreadWeights();
  }

  @Override
  public void close() {
    parallel.close();
  }
}
