package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import lapidary.exporter.OnnxExporter;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.ElementType;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.models.TensorInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.learn.LearnerData;
import lapidary.trainer.learn.LearnerOptions;
import lapidary.trainer.learn.Objective;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An example: a network of one's own, trained, exported and run without a change to Lapidary. */
final class OwnNetworkTest {
  private static final int FEATURES = 3;
  private static final int ROWS = 400;

  /** Gated linear unit (Dauphin et al. 2017): value · sigmoid(gate), then a number. */
  private static final class GatedRegression extends AbstractBlock {
    private final Linear value =
        addChildBlock("value", Linear.builder().setUnits(16).build());
    private final Linear gate =
        addChildBlock("gate", Linear.builder().setUnits(16).build());
    private final Linear out = addChildBlock("out", Linear.builder().setUnits(1).build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray opened = Activation.sigmoid(gate.forward(store, inputs, training).head());
      NDArray gated = value.forward(store, inputs, training).head().mul(opened);
      return new NDList(out.forward(store, new NDList(gated), training).head().squeeze(1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      value.initialize(manager, type, inputs);
      gate.initialize(manager, type, inputs);
      out.initialize(manager, type, value.getOutputShapes(inputs));
    }
  }

  @Test
  void aNetworkOfOnesOwnIsTrainedExportedAndRun(@TempDir Path folder) {
    float[] inputs = new float[ROWS * FEATURES];
    float[] targets = new float[ROWS];
    made(inputs, targets);
    Path file = folder.resolve("own.onnx");
    try (TensorSet rows = TensorSet.ofValues(Device.cpu(), inputs, targets, FEATURES);
        Network network =
            Network.of(new GatedRegression(), Device.cpu(), 7, new Shape(1, FEATURES));
        Learner learner = Learner.of(
            network,
            new LearnerData(rows, rows),
            new Objective(
                Losses.meanSquaredError(), Adam.of(WeightDecay.NONE), List.of(Metrics.rmse())),
            new LearnerOptions(64, 7, OptionalDouble.empty(), 1, List.of()))) {
      learner.fitOneCycle(60, 0.02);
      assertThat(learner.validate().metrics().get("rmse")).isLessThan(0.1);
      OnnxExporter.export(network.block(), description(), file);
    }
    try (Model model = Model.open(file, lapidary.runtime.device.Device.cpu(1))) {
      float[] answers =
          model.run(Map.of("x", Tensor.floats(inputs, ROWS, FEATURES))).get("y").floats();
      double squared = 0;
      for (int i = 0; i < ROWS; i++) {
        squared += (answers[i] - targets[i]) * (answers[i] - targets[i]);
      }
      assertThat(Math.sqrt(squared / ROWS)).isCloseTo(0, within(0.1));
      assertThat(model.description())
          .hasValueSatisfying(
              d -> assertThat(d.architecture().name()).isEqualTo("gated regression"));
    }
  }

  private static ModelDescription description() {
    return new ModelDescription(
        new Architecture.Custom("gated regression"),
        Task.REGRESSION,
        Labels.NONE,
        new Signature(
            List.of(new TensorInput("x", ElementType.FLOAT32, List.of((long) FEATURES))),
            List.of(Output.of("y", 0))),
        Provenance.of(
            new DataSource("made up", "none", "Apache-2.0"),
            7,
            Map.of("epochs", "60"),
            Map.of(),
            "none"),
        ModelDescription.Evidence.NONE);
  }

  /** y = x0 · x1 + x2 / 2 on the cube [−1, 1]³: no straight plane fits it. */
  private static void made(float[] inputs, float[] targets) {
    SplittableRandom random = new SplittableRandom(11);
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < FEATURES; i++) {
        inputs[row * FEATURES + i] = (float) (2 * random.nextDouble() - 1);
      }
      targets[row] =
          inputs[row * FEATURES] * inputs[row * FEATURES + 1] + inputs[row * FEATURES + 2] / 2;
    }
  }
}
