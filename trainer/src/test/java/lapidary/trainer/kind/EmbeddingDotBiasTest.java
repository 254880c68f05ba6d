package lapidary.trainer.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.Architecture;
import lapidary.trainer.block.EmbeddingDotBias;
import lapidary.trainer.block.EmbeddingTable;
import lapidary.trainer.block.Weights;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.network.Network;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EmbeddingDotBiasTest {
  private static final int USERS = 6;
  private static final int ITEMS = 4;
  private static final int FACTORS = 3;
  private static final List<ByteBuffer> BUFFERS = new ArrayList<>();

  private final Network network =
      Networks.of(new Architecture.Collab(USERS, ITEMS, FACTORS, 1, 6), 5);
  private final NDManager scope = network.manager().newSubManager();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void tablesHavePyTorchsNamesAndShapes() {
    assertThat(network.weights().stream().map(StoredTensor::toString))
        .containsExactly(
            "u_weight.weight FLOAT32[6, 3]",
            "i_weight.weight FLOAT32[4, 3]",
            "u_bias.weight FLOAT32[6, 1]",
            "i_bias.weight FLOAT32[4, 1]");
  }

  @Test
  void aRatingIsTheScaledSigmoidOfDotProductAndBiases() {
    long[] users = {5, 0, 2};
    long[] items = {1, 3, 0};
    spread();
    float[] answers = rate(users, items);
    for (int n = 0; n < users.length; n++) {
      double logit = at(2, users[n], 0, 1) + at(3, items[n], 0, 1);
      for (int f = 0; f < FACTORS; f++) {
        logit += at(0, users[n], f, FACTORS) * at(1, items[n], f, FACTORS);
      }
      assertThat(answers[n]).isCloseTo((float) (5 / (1 + Math.exp(-logit)) + 1), within(1e-5f));
    }
  }

  @Test
  void theItemBlockGivesTheItemsOwnRows() {
    spread();
    NDList out = ((EmbeddingDotBias) network.block())
        .itemFactors()
        .forward(
            new ai.djl.training.ParameterStore(scope, false),
            new NDList(scope.create(new long[] {3, 0})),
            false);
    assertThat(out.get(0).getShape()).isEqualTo(new Shape(2, FACTORS));
    assertThat(out.get(1).getShape()).isEqualTo(new Shape(2));
    assertThat(out.get(0).toFloatArray()).startsWith(values(1)[9], values(1)[10], values(1)[11]);
    assertThat(out.get(1).toFloatArray()).containsExactly(values(3)[3], values(3)[0]);
  }

  @Test
  void lookingUpIsMultiplyingByTheOneHotMatrixForwardAndBackward() {
    spread();
    // Item 2 twice: its gradients add up. User 4 and item 0 not at all.
    NDArray ids = scope.create(new long[] {2, 1, 2, 3});
    NDArray pull = scope.create(new float[] {1, 2, 3, -4, 5, 6, 7, 8, -9, 1, 0, 2}, shape(4, 3));
    NDArray table = network.parameters().get("i_weight.weight").getArray();
    EmbeddingTable lookUp = (EmbeddingTable) network.block().getChildren().get("02i_weight");
    float[] rows;
    float[] gradient;
    try (GradientCollector collector = Engines.gradients()) {
      NDArray found = lookUp
          .forward(new ai.djl.training.ParameterStore(scope, false), new NDList(ids), true)
          .head();
      rows = found.toFloatArray();
      collector.backward(found.mul(pull).sum());
      gradient = table.getGradient().toFloatArray();
      table.getGradient().subi(table.getGradient().duplicate());
    }
    try (GradientCollector collector = Engines.gradients()) {
      NDArray product = ids.oneHot(ITEMS).matMul(table);
      assertThat(product.toFloatArray()).containsExactly(rows);
      collector.backward(product.mul(pull).sum());
      assertThat(table.getGradient().toFloatArray()).containsExactly(gradient);
    }
    assertThat(gradient).startsWith(0, 0, 0, -4, 5, 6).endsWith(1, 0, 2);
    assertThat(gradient[6]).isEqualTo(1 + 7);
  }

  @Test
  void theUnknownUserAndItemAreTheMeanOfTheKnown() {
    spread();
    float[] before = values(0);
    List<StoredTensor> served = network.fold().served();
    assertThat(served)
        .extracting(StoredTensor::name)
        .containsExactly("u_weight.weight", "i_weight.weight", "u_bias.weight", "i_bias.weight");
    assertThat(values(0)).containsExactly(before);
    float[] users = served.get(0).floats();
    for (int f = 0; f < FACTORS; f++) {
      int column = f;
      double mean = IntStream.range(1, USERS)
          .mapToDouble(row -> users[row * FACTORS + column])
          .average()
          .orElseThrow();
      assertThat(users[f]).isCloseTo((float) mean, within(1e-6f));
    }
    float[] biases = served.get(3).floats();
    assertThat(biases[0]).isCloseTo((biases[1] + biases[2] + biases[3]) / 3, within(1e-6f));
  }

  @Test
  void theGradientDoesNotDependOnTheGarbageCollector() throws InterruptedException {
    spread();
    double[] wanted = userGradient(() -> {});
    for (int round = 0; round < 5; round++) {
      assertThat(userGradient(EmbeddingDotBiasTest::collectAndReuse)).containsExactly(wanted);
    }
  }

  /** Something that happens between the forward and the backward pass. */
  private interface Between {
    void happen() throws InterruptedException;
  }

  /** Frees the buffers that nothing in Java holds, and has their memory taken again. */
  private static void collectAndReuse() throws InterruptedException {
    System.gc();
    Thread.sleep(20); // buffers are freed by a thread of the collector's own
    for (int i = 0; i < 1000; i++) {
      BUFFERS.add(ByteBuffer.allocateDirect(4));
    }
  }

  private double[] userGradient(Between between) throws InterruptedException {
    NDArray table = network.parameters().get("u_weight.weight").getArray();
    try (GradientCollector collector = Engines.gradients()) {
      NDList inputs = new NDList(scope.create(new long[] {5, 2}), scope.create(new long[] {1, 3}));
      NDArray mean = network.forward(inputs, true).head().mean();
      between.happen();
      collector.backward(mean);
    }
    NDArray gradient = table.getGradient();
    float[] values = gradient.toFloatArray();
    gradient.subi(gradient.duplicate());
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void freshTablesAreNormalOfAHundredthCutAtTwoDeviations() {
    try (Network large = Networks.of(new Architecture.Collab(400, 300, 20, 0, 5.5), 1)) {
      float[] values = large.weights().get(0).floats();
      double[] sizes = IntStream.range(0, values.length)
          .mapToDouble(i -> Math.abs(values[i]))
          .toArray();
      assertThat(java.util.Arrays.stream(sizes).max().orElseThrow()).isBetween(0.0199, 0.02);
      // A normal distribution cut at two deviations has deviation .8796.
      double square = java.util.Arrays.stream(sizes).map(v -> v * v).average().orElseThrow();
      assertThat(Math.sqrt(square)).isCloseTo(0.008796, within(1.5e-4));
    }
  }

  /** Weights of a size that shows, instead of fresh ones near 0. */
  private void spread() {
    List<StoredTensor> weights = network.weights();
    for (StoredTensor weight : weights) {
      float[] values = weight.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] *= 70;
      }
      Weights.overwrite(network.parameters().get(weight.name()).getArray(), values);
    }
  }

  private float[] rate(long[] users, long[] items) {
    NDList out = network.forward(new NDList(scope.create(users), scope.create(items)), false);
    assertThat(out.head().getShape()).isEqualTo(new Shape(users.length));
    return out.head().toFloatArray();
  }

  private float[] values(int table) {
    return network.weights().get(table).floats();
  }

  private double at(int table, long row, int column, int width) {
    return values(table)[(int) row * width + column];
  }

  private static Shape shape(long... sizes) {
    return new Shape(sizes);
  }
}
