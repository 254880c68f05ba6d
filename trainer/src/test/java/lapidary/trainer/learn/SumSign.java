package lapidary.trainer.learn;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;

/** Made-up data for tests: two classes told apart by the sign of a sum of six numbers. */
public final class SumSign implements AutoCloseable {
  static final int INPUTS = 6;
  static final LearnerOptions OPTIONS =
      new LearnerOptions(16, 4, OptionalDouble.empty(), 1, List.of());

  private static final int ROWS = 96;

  private final TensorSet rows;

  SumSign() {
    SplittableRandom random = new SplittableRandom(5);
    float[] inputs = new float[ROWS * INPUTS];
    int[] classes = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      float sum = 0;
      for (int i = 0; i < INPUTS; i++) {
        inputs[row * INPUTS + i] = (float) (random.nextDouble() - 0.5);
        sum += inputs[row * INPUTS + i];
      }
      classes[row] = sum > 0 ? 1 : 0;
    }
    rows = TensorSet.of(Device.cpu(), inputs, classes, INPUTS);
  }

  Learner learner(Network network, Loss loss) {
    return Learner.of(network, data(), objective(loss), OPTIONS);
  }

  LearnerData data() {
    return new LearnerData(rows, rows);
  }

  static Objective objective(Loss loss) {
    List<Metric> metrics = List.of(Metrics.accuracy());
    return new Objective(loss, Adam.of(WeightDecay.l2(0.01)), metrics);
  }

  static Network network(Block block) {
    return Network.of(block, Device.cpu(), 1, new Shape(1, INPUTS));
  }

  static Block deep() {
    return deep(BatchNorm.builder().build());
  }

  static Block deep(Block norm) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(norm)
        .add(Activation::relu)
        .add(Dropout.builder().optRate(0.3f).build())
        .add(Linear.builder().setUnits(2).build());
  }

  public static Map<String, float[]> weights(Network network) {
    Map<String, float[]> map = new LinkedHashMap<>();
    network.weights().forEach(weight -> map.put(weight.name(), weight.floats()));
    return map;
  }

  TensorSet rows() {
    return rows;
  }

  @Override
  public void close() {
    rows.close();
  }
}
