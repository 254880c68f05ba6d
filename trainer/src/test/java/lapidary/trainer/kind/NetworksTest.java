package lapidary.trainer.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.Architecture;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Normalization;
import lapidary.models.Output;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.network.Network;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;

final class NetworksTest {
  private static final Architecture NN = new Architecture.MnistNn(12, 5, 3);

  @Test
  void parametersHavePyTorchsNamesAndShapes() {
    try (Network network = Networks.of(NN, 0)) {
      assertThat(network.weights().stream().map(StoredTensor::toString))
          .containsExactly(
              "lin1.weight FLOAT32[5, 12]",
              "lin1.bias FLOAT32[5]",
              "lin2.weight FLOAT32[3, 5]",
              "lin2.bias FLOAT32[3]");
    }
  }

  @Test
  void childrenOfASequenceAreNumberedFromZeroAndBatchNormIsNamedAsInPyTorch() {
    SequentialBlock block = new SequentialBlock()
        .add(Linear.builder().setUnits(4).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(2).build());
    try (Network network = Network.of(block, Device.cpu(), 0, new Shape(1, 3))) {
      assertThat(network.parameters().keySet())
          .containsExactly(
              "0.weight",
              "0.bias",
              "1.weight",
              "1.bias",
              "1.running_mean",
              "1.running_var",
              "3.weight",
              "3.bias");
    }
  }

  @Test
  void freshWeightsFillPyTorchsUniformRange() {
    try (Network network = Networks.of(new Architecture.MnistNn(784, 50, 10), 1)) {
      float[] first = network.weights().get(0).floats();
      double bound = 1 / Math.sqrt(784);
      assertThat(IntStream.range(0, first.length)
              .mapToDouble(i -> Math.abs(first[i]))
              .max())
          .hasValueCloseTo(bound, org.assertj.core.data.Percentage.withPercentage(1));
      assertThat(IntStream.range(0, first.length)
              .mapToDouble(i -> Math.abs(first[i]))
              .average())
          .hasValueCloseTo(bound / 2, org.assertj.core.data.Percentage.withPercentage(2));
    }
  }

  @Test
  void aSeedGivesTheSameWeightsWhateverRanBefore() {
    try (Network one = Networks.of(NN, 7)) {
      Engines.seed(99);
      try (Network same = Networks.of(NN, 7);
          Network other = Networks.of(NN, 8)) {
        assertThat(same.weights().get(0).floats())
            .isEqualTo(one.weights().get(0).floats());
        assertThat(other.weights().get(0).floats())
            .isNotEqualTo(one.weights().get(0).floats());
      }
    }
  }

  @Test
  void outputsAreLogitsThenHiddenLayerAfterRelu() {
    try (Network network = Networks.of(NN, 0);
        NDManager scope = network.manager().newSubManager()) {
      Engines.seed(4);
      NDArray input = scope.randomNormal(new Shape(4, 12));
      NDList outputs = network.forward(new NDList(input), false);
      List<StoredTensor> weights = network.weights();
      NDArray hidden = input
          .matMul(scope.create(weights.get(0).floats(), new Shape(5, 12)).transpose())
          .add(scope.create(weights.get(1).floats()))
          .maximum(0);
      NDArray logits = hidden
          .matMul(scope.create(weights.get(2).floats(), new Shape(3, 5)).transpose())
          .add(scope.create(weights.get(3).floats()));
      assertThat(outputs.get(0).allClose(logits, 1e-5, 1e-6, false)).isTrue();
      assertThat(outputs.get(1).allClose(hidden, 1e-5, 1e-6, false)).isTrue();
    }
  }

  @Test
  void signatureNamesTheOutputsInTheBlocksOrder() {
    ImageInput input = ImageInput.flatGrey(4, 3, Normalization.unit());
    assertThat(NN.signature(input).outputs())
        .containsExactly(
            Output.of("logits", 0), Output.softmax("probabilities", 0), Output.of("features", 1));
    assertThat(new Architecture.MnistLogistic(12, 3).signature(input).outputs())
        .containsExactly(Output.of("logits", 0), Output.softmax("probabilities", 0));
    assertThatThrownBy(() -> NN.signature(ImageInput.flatGrey(5, 3, Normalization.unit())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("takes 12 pixels, the image has 15");
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedByName() {
    try (Network network = Networks.of(NN, 0)) {
      List<StoredTensor> weights = network.weights();
      java.util.Map<String, StoredTensor> wrong = new java.util.LinkedHashMap<>();
      weights.forEach(weight -> wrong.put(weight.name(), weight));
      wrong.remove("lin2.bias");
      wrong.put("head.bias", StoredTensor.floats("head.bias", new float[3], 3));
      assertThatThrownBy(() -> network.load(wrong, "w.safetensors"))
          .hasMessageContaining("w.safetensors")
          .hasMessageContaining("missing [lin2.bias], unexpected [head.bias]");
      wrong.remove("head.bias");
      wrong.put("lin2.bias", StoredTensor.floats("lin2.bias", new float[4], 4));
      assertThatThrownBy(() -> network.load(wrong, "w.safetensors"))
          .hasMessageContaining("lin2.bias FLOAT32[4] does not fit the network's FLOAT32(3)");
      assertThat(network.weights().get(0).floats()).isEqualTo(weights.get(0).floats());
    }
  }
}
