package lapidary.trainer.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.models.Architecture;
import lapidary.models.Architecture.Resnet.Head;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Normalization;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.network.Network;
import lapidary.trainer.network.PretrainedWeights;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ResNet against what is published of it. */
final class ResidualNetworkTest {
  private static final Architecture PLAIN = new Architecture.Resnet(18, Head.PLAIN, 1_000);
  private static final Architecture TRANSFER = new Architecture.Resnet(18, Head.TRANSFER, 7);

  @Test
  void depth18HasTorchvisionsNamesAndNumberOfParameters() {
    try (Network network = Networks.of(PLAIN, 0)) {
      assertThat(trainable(network)).isEqualTo(11_689_512);
      assertThat(statistics(network)).isEqualTo(9_600);
      assertThat(network.parameters().keySet())
          .hasSize(102)
          .contains(
              "conv1.weight",
              "bn1.running_mean",
              "layer1.0.conv1.weight",
              "layer2.0.downsample.0.weight",
              "layer2.0.downsample.1.running_var",
              "layer4.1.bn2.bias",
              "fc.weight",
              "fc.bias");
    }
  }

  @Test
  void depth34HasTorchvisionsNumberOfParameters() {
    try (Network network = Networks.of(new Architecture.Resnet(34, Head.PLAIN, 1_000), 0)) {
      assertThat(trainable(network)).isEqualTo(21_797_672);
      assertThat(statistics(network)).isEqualTo(17_024);
      assertThat(network.parameters()).containsKeys("layer3.5.conv2.weight", "layer4.2.bn1.weight");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18_imagenet_pq.safetensors", "resnet18_imagenet_pq.onnx"})
  void publishedWeightsGiveThePublishedLogits(String name) {
    PretrainedWeights weights = PretrainedWeights.read(PretrainedFile.require(name));
    try (Network network = Networks.blank(PLAIN, ai.djl.Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      weights.fill(network);
      float[] logits =
          network.forward(new NDList(fixedInput(scope)), false).head().toFloatArray();
      // From the data's own description: the first five, the largest and the sum.
      float[] first = {-.8789f, -.7036f, -.8604f, -.5987f, -.1297f};
      for (int i = 0; i < first.length; i++) {
        assertThat(logits[i]).isCloseTo(first[i], within(1e-4f));
      }
      assertThat(logits[753]).isCloseTo(6.1291f, within(1e-4f));
      double sum = 0;
      for (float logit : logits) {
        sum += logit;
      }
      assertThat(sum).isCloseTo(7.659, within(1e-2));
    }
  }

  @Test
  void outputsAreLogitsAveragesAndFeatureMaps() {
    try (Network network = Networks.of(TRANSFER, 3);
        NDManager scope = network.manager().newSubManager()) {
      NDList outputs = network.forward(photos(scope, 2, 96, 64), false);
      assertThat(outputs.get(0).getShape()).isEqualTo(new Shape(2, 7));
      assertThat(outputs.get(1).getShape()).isEqualTo(new Shape(2, 512));
      assertThat(outputs.get(2).getShape()).isEqualTo(new Shape(2, 512, 3, 2));
      NDArray means = outputs.get(2).reshape(2, 512, -1).mean(new int[] {2});
      assertThat(outputs.get(1).allClose(means, 1e-5, 1e-6, false)).isTrue();
    }
  }

  @Test
  void theTransferHeadComputesWhatItsNamesSay() {
    try (Network network = Networks.of(TRANSFER, 3);
        NDManager scope = network.manager().newSubManager()) {
      NDList outputs = network.forward(photos(scope, 3, 64, 96), false);
      NDArray pooled =
          outputs.get(2).reshape(3, 512, -1).max(new int[] {2}).concat(outputs.get(1), 1);
      Map<String, StoredTensor> weights = byName(network);
      NDArray normed = norm(pooled, weights, "head.bn1.");
      NDArray hidden = norm(linear(normed, weights, "head.lin1.").maximum(0), weights, "head.bn2.");
      NDArray logits = linear(hidden, weights, "head.lin2.");
      assertThat(outputs.get(0).allClose(logits, 1e-4, 1e-4, false)).isTrue();
    }
  }

  @Test
  void freshConvolutionsHaveTheSpreadOfHeAndOthers() {
    try (Network network = Networks.of(TRANSFER, 5)) {
      Map<String, StoredTensor> weights = byName(network);
      assertThat(deviation(weights, "layer3.1.conv2.weight"))
          .isCloseTo(Math.sqrt(2.0 / (256 * 9)), within(1e-4));
      assertThat(deviation(weights, "head.lin1.weight"))
          .isCloseTo(Math.sqrt(2.0 / 1_024), within(2e-4));
      assertThat(weights.get("head.lin1.bias").floats()).containsOnly(0);
      assertThat(weights.get("layer1.0.bn1.weight").floats()).containsOnly(1);
      assertThat(weights.get("layer1.0.bn1.running_var").floats()).containsOnly(1);
    }
  }

  @Test
  void layersAreGroupedFromTheStemToTheHead() {
    try (Network network = Networks.of(TRANSFER, 0)) {
      assertThat(network.groups())
          .extracting(LayerGroup::name)
          .containsExactly("stem and layers 1-2", "layers 3-4", "head");
      assertThat(network.groupOf("bn1.weight")).isZero();
      assertThat(network.groupOf("layer2.1.conv2.weight")).isZero();
      assertThat(network.groupOf("layer3.0.downsample.0.weight")).isEqualTo(1);
      assertThat(network.groupOf("head.bn1.weight")).isEqualTo(2);
    }
  }

  @Test
  void otherDepthsAndGreyImagesAreRefused() {
    assertThatThrownBy(() -> new Architecture.Resnet(50, Head.PLAIN, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("depth 50 is not documented; give 18 or 34");
    ImageInput grey = ImageInput.flatGrey(28, 28, Normalization.unit());
    assertThatThrownBy(() -> TRANSFER.signature(grey))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("resnet18 takes RGB photos");
  }

  private static NDArray fixedInput(NDManager scope) {
    float[] values = new float[3 * 224 * 224];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 255) / 255f - 0.5f;
    }
    return scope.create(values, new Shape(1, 3, 224, 224));
  }

  private static NDList photos(NDManager scope, int count, int height, int width) {
    Engines.seed(9);
    return new NDList(scope.randomNormal(new Shape(count, 3, height, width), DataType.FLOAT32));
  }

  private static NDArray linear(NDArray x, Map<String, StoredTensor> weights, String prefix) {
    NDArray weight = array(x, weights, prefix + "weight");
    return x.matMul(weight.transpose()).add(array(x, weights, prefix + "bias"));
  }

  /** Batch norm that serves: the running statistics are 0 and 1 in a fresh network. */
  private static NDArray norm(NDArray x, Map<String, StoredTensor> weights, String prefix) {
    return x.sub(array(x, weights, prefix + "running_mean"))
        .div(array(x, weights, prefix + "running_var").add(1e-5f).sqrt())
        .mul(array(x, weights, prefix + "weight"))
        .add(array(x, weights, prefix + "bias"));
  }

  private static NDArray array(NDArray x, Map<String, StoredTensor> weights, String name) {
    StoredTensor tensor = weights.get(name);
    return x.getManager().create(tensor.floats(), new Shape(tensor.shape()));
  }

  private static double deviation(Map<String, StoredTensor> weights, String name) {
    float[] values = weights.get(name).floats();
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  private static Map<String, StoredTensor> byName(Network network) {
    Map<String, StoredTensor> map = new java.util.LinkedHashMap<>();
    network.weights().forEach(weight -> map.put(weight.name(), weight));
    return map;
  }

  private static long trainable(Network network) {
    return elements(network) - statistics(network);
  }

  private static long statistics(Network network) {
    return network.weights().stream()
        .filter(weight -> weight.name().contains("running_"))
        .mapToLong(StoredTensor::elements)
        .sum();
  }

  private static long elements(Network network) {
    List<StoredTensor> weights = network.weights();
    return weights.stream()
        .mapToLong(weight -> Arrays.stream(weight.shape()).reduce(1, (a, b) -> a * b))
        .sum();
  }
}
