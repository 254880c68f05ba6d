package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.examples.MixUp;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.examples.Tensors;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The learner on small made-up data: two classes told apart by the sign of a sum. */
final class LearnerTest {

  private final SumSign problem = new SumSign();

  @AfterEach
  void close() {
    problem.close();
  }

  @Test
  void aBlockOfTheUsersOwnIsTrained() {
    try (Network network = Network.of(new Gated(), Device.cpu(), 1, new Shape(1, SumSign.INPUTS));
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      double before = learner.validate().loss();
      learner.fitOneCycle(40, 0.1);
      assertThat(learner.validate().metrics().get("accuracy")).isGreaterThan(0.95);
      assertThat(learner.validate().loss()).isLessThan(before * 0.6);
      assertThat(network.parameters().keySet()).containsExactly("gate", "out.weight", "out.bias");
    }
  }

  @Test
  void dropoutIsDrawnFromTheSeed() {
    Map<String, float[]> first = trained(4);
    Engines.seed(77);
    assertThat(trained(4)).usingRecursiveComparison().isEqualTo(first);
    assertThat(trained(5).get("0.weight")).isNotEqualTo(first.get("0.weight"));
  }

  private Map<String, float[]> trained(long seed) {
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = Learner.of(
            network,
            problem.data(),
            SumSign.objective(Losses.crossEntropy()),
            SumSign.OPTIONS.withSeed(seed))) {
      learner.fit(2, 0.01);
      return SumSign.weights(network);
    }
  }

  @Test
  void classesOnOneAxisTeachWhatThoseOnTwoDo() {
    assertThat(taughtBy(new Shape(6))).isEqualTo(taughtBy(new Shape(6, 1)));
  }

  private static Evaluation taughtBy(Shape targets) {
    try (TensorSet rows = TensorSet.of(
            Device.cpu(),
            manager -> Tensors.of(
                List.of(manager.create(new float[] {1, 5, 2, -3, -4, -1}, new Shape(6, 1))),
                manager.create(new long[] {1, 1, 1, 0, 0, 0}).reshape(targets)));
        Network network =
            Network.of(Linear.builder().setUnits(2).build(), Device.cpu(), 0, new Shape(1, 1));
        Learner learner = Learner.of(
            network,
            new LearnerData(rows, rows),
            Objective.classifier(new Sgd(0, WeightDecay.NONE)),
            LearnerOptions.DEFAULT.withMixUp(new MixUp(0.4)))) {
      learner.fit(20, 0.5);
      assertThat(learner.validate().metrics()).containsEntry("accuracy", 1.0);
      return learner.validate();
    }
  }

  @Test
  void stateOfAnotherOptimiserOrNetworkIsRefused() {
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      List<StoredTensor> state = new java.util.ArrayList<>(learner.optimizerState());
      state.replaceAll(tensor -> tensor.name().equals("4.bias.exp_avg")
          ? StoredTensor.floats("4.bias.exp_avg", new float[5], 5)
          : tensor);
      assertThatThrownBy(() -> learner.restore(state, "s.safetensors"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("s.safetensors: 4.bias.exp_avg FLOAT32[5] does not fit");
      state.removeIf(tensor -> tensor.name().endsWith("exp_avg_sq"));
      assertThatThrownBy(() -> learner.restore(state, "s.safetensors"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("s.safetensors lacks 0.weight.exp_avg_sq of optimiser adam");
    }
  }

  @Test
  void memoryStaysFlatOverTwoThousandSteps() {
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      learner.fit(2, 0.001);
      int networkArrays = network.manager().getManagedArrays().size();
      int dataArrays = problem.rows().manager().getManagedArrays().size();
      int allArrays = system().getManagedArrays().size();
      FitResult result = learner.fit(2_000 / 6 + 1, 0.001);
      assertThat(result.epochs().size() * 6).isGreaterThanOrEqualTo(2_000);
      assertThat(network.manager().getManagedArrays()).hasSize(networkArrays);
      assertThat(problem.rows().manager().getManagedArrays()).hasSize(dataArrays);
      assertThat(system().getManagedArrays()).hasSize(allArrays);
    }
  }

  @Test
  void aLossThatIsNoNumberStopsWithAClearError() {
    try (TensorSet values = TensorSet.ofValues(
            Device.cpu(), new float[] {1, 2, 3, 4}, new float[] {1e30f, 1, 1, 1}, 1);
        Network own = Network.of(
            new SequentialBlock().add(Linear.builder().setUnits(1).build()),
            Device.cpu(),
            0,
            new Shape(1, 1));
        Learner learner = Learner.of(
            own,
            new LearnerData(values, values),
            new Objective(Losses.meanSquaredError(), new Sgd(0, WeightDecay.NONE), List.of()),
            SumSign.OPTIONS)) {
      assertThatThrownBy(() -> learner.fit(3, 1))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("training diverged")
          .hasMessageContaining("epoch 1, batch 1 of 1")
          .hasMessageContaining("lower the learning rate");
    }
  }

  @Test
  void aMetricIsNotAskedOfADivergedNetwork() {
    Metric strict = new Metric() {
      @Override
      public String name() {
        return "strict";
      }

      @Override
      public boolean higherIsBetter() {
        return true;
      }

      @Override
      public double of(Predictions predictions) {
        throw new IllegalStateException("asked of " + predictions.output(0, 0));
      }
    };
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = Learner.of(
            network,
            problem.data(),
            new Objective(Losses.crossEntropy(), new Sgd(0, WeightDecay.NONE), List.of(strict)),
            new LearnerOptions(96, 1, OptionalDouble.empty(), 1, List.of()))) {
      assertThatThrownBy(() -> learner.fit(1, 1e38))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("the validation loss after epoch 1 is");
      assertThat(learner.validate().metrics().get("strict")).isNaN();
    }
  }

  @Test
  void aStopDoesNotHideThatTheRunDiverged() {
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      FitPlan plan = new FitPlan(1, LearningRates.all(1e38), Schedule.constant());
      FitListener stopping = new FitListener() {
        @Override
        public void batchDone(BatchProgress progress) {
          if (progress.batch() == 3) {
            learner.stop();
          }
        }
      };
      assertThatThrownBy(() -> learner.fit(plan, FitPosition.START, stopping))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("epoch 1, batch 3 of 6");
    }
  }

  @Test
  void aNetworkThatEndsInSoftmaxIsRefusedByCrossEntropy() {
    Block block = new SequentialBlock()
        .add(Linear.builder().setUnits(2).build())
        .addSingleton(x -> x.softmax(1));
    try (Network network = SumSign.network(block);
        Learner learner = problem.learner(network, Losses.crossEntropy())) {
      assertThatThrownBy(() -> learner.fit(1, 0.1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("loss cross-entropy")
          .hasMessageContaining("remove the softmax");
    }
  }

  @Test
  void aFitGoesOnFromWhereItWasStopped() {
    try (Network straight = SumSign.network(SumSign.deep());
        Network halved = SumSign.network(SumSign.deep());
        Learner one = problem.learner(straight, Losses.crossEntropy());
        Learner two = problem.learner(halved, Losses.crossEntropy())) {
      halved.restore(straight.weights());
      FitPlan plan = new FitPlan(3, LearningRates.all(0.01), Schedule.oneCycle());
      one.fit(plan);
      FitPosition[] position = new FitPosition[1];
      FitResult stopped = two.fit(plan, FitPosition.START, new FitListener() {
        @Override
        public void batchDone(BatchProgress progress) {
          if (progress.epoch() == 2 && progress.batch() == 4) {
            two.stop();
          }
        }

        @Override
        public void stopped(FitPosition at) {
          position[0] = at;
        }
      });
      assertThat(stopped.ending()).isEqualTo(FitResult.Ending.STOPPED);
      assertThat(position[0].epoch()).isEqualTo(1);
      assertThat(position[0].batch()).isEqualTo(4);
      two.fit(plan, position[0], FitListener.SILENT);
      assertThat(SumSign.weights(halved))
          .usingRecursiveComparison()
          .isEqualTo(SumSign.weights(straight));
    }
  }

  private static NDManager system() {
    NDManager manager = Engines.manager(Device.cpu());
    NDManager system = manager.getParentManager();
    manager.close();
    return system;
  }

  /** What a user might write: inputs times a learned gate, then a linear layer. */
  private static final class Gated extends AbstractBlock {
    private final Parameter gate = addParameter(Parameter.builder()
        .setName("gate")
        .setType(Parameter.Type.OTHER)
        .optInitializer(new NormalInitializer(0.5f))
        .optShape(new Shape(SumSign.INPUTS))
        .build());
    private final Linear out = addChildBlock("out", Linear.builder().setUnits(2).build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray x = inputs.singletonOrThrow();
      NDArray opened = x.mul(Activation.sigmoid(
          x.getManager().zeros(x.getShape()).add(store.getValue(gate, x.getDevice(), training))));
      return out.forward(store, new NDList(opened), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return out.getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(
        NDManager manager, DataType dataType, Shape... inputShapes) {
      out.initialize(manager, dataType, inputShapes);
    }
  }
}
