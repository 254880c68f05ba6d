package lapidary.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.models.Architecture;
import lapidary.models.Architecture.Resnet.Head;
import lapidary.models.InvalidInputException;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.learn.SumSign;
import lapidary.trainer.store.OnnxInitializers;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of torchvision's names in both file formats, whole and spoilt. */
final class PretrainedWeightsTest {
  private static final Architecture SMALL = new Architecture.Resnet(18, Head.PLAIN, 5);

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"w.safetensors", "w.onnx"})
  void depth34IsFilledFromEitherFormat(String name) throws IOException {
    Architecture plain = new Architecture.Resnet(34, Head.PLAIN, 3);
    try (Network published = Networks.of(plain, 1);
        Network network = Networks.blank(plain, Device.cpu())) {
      List<StoredTensor> weights = new ArrayList<>(published.weights());
      weights.add(StoredTensor.longs("bn1.num_batches_tracked", new long[] {9}));
      PretrainedWeights.read(write(name, weights)).fill(network);
      assertThat(network.weights()).usingRecursiveComparison().isEqualTo(published.weights());
    }
  }

  @Test
  void aTransferHeadKeepsItsFreshWeightsAndTheClassifierIsLeftOut() throws IOException {
    Architecture transfer = new Architecture.Resnet(18, Head.TRANSFER, 4);
    try (Network published = Networks.of(SMALL, 1);
        Network network = Networks.of(transfer, 2);
        Network fresh = Networks.of(transfer, 2)) {
      PretrainedWeights weights = PretrainedWeights.read(write("w.onnx", published.weights()));
      assertThat(weights.fillBody(network)).containsExactly("fc.weight", "fc.bias");
      Map<String, float[]> found = SumSign.weights(network);
      Map<String, float[]> body = SumSign.weights(published);
      Map<String, float[]> head = SumSign.weights(fresh);
      found.forEach((name, values) ->
          assertThat(values).isEqualTo(name.startsWith("head.") ? head.get(name) : body.get(name)));
    }
  }

  @Test
  void whatIsMissingUnexpectedOrOfAnotherShapeIsNamed() throws IOException {
    try (Network network = Networks.blank(SMALL, Device.cpu())) {
      List<StoredTensor> weights = new ArrayList<>(network.weights());
      weights.removeIf(weight -> weight.name().equals("layer2.0.downsample.0.weight"));
      weights.add(StoredTensor.floats("layer9.weight", new float[2], 2));
      PretrainedWeights renamed = PretrainedWeights.read(write("r.safetensors", weights));
      assertThatThrownBy(() -> renamed.fill(network))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("r.safetensors does not fit the network")
          .hasMessageContaining("missing [layer2.0.downsample.0.weight]")
          .hasMessageContaining("unexpected [layer9.weight]");
    }
  }

  @Test
  void allWrongShapesAreNamedAtOnce() throws IOException {
    try (Network network = Networks.blank(SMALL, Device.cpu())) {
      List<StoredTensor> weights = new ArrayList<>(network.weights());
      weights.replaceAll(
          weight -> weight.name().equals("bn1.bias") || weight.name().equals("layer1.1.bn2.weight")
              ? StoredTensor.floats(weight.name(), new float[3], 3)
              : weight);
      PretrainedWeights reshaped = PretrainedWeights.read(write("s.onnx", weights));
      assertThatThrownBy(() -> reshaped.fill(network))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("bn1.bias FLOAT32[3] does not fit the network's FLOAT32(64)")
          .hasMessageContaining("layer1.1.bn2.weight FLOAT32[3] does not fit");
    }
  }

  @Test
  void anOnnxFilesNumbersAreReadInAllTheirForms() throws IOException {
    // 1.5 and -2 as IEEE 754 halves are 0x3e00 and 0xc000, as bfloat16 0x3fc0 and 0xc000.
    byte[] model = new OnnxBytes()
        .with("raw", OnnxBytes.FLOAT, OnnxBytes.RAW_DATA, OnnxBytes.floats(1.5f, -2), 2)
        .with("packed", OnnxBytes.FLOAT, OnnxBytes.FLOAT_DATA, OnnxBytes.floats(1.5f, -2), 1, 2)
        .with("half", OnnxBytes.FLOAT16, OnnxBytes.RAW_DATA, OnnxBytes.shorts(0x3e00, 0xc000), 2)
        .with(
            "listed", OnnxBytes.FLOAT16, OnnxBytes.INT32_DATA, OnnxBytes.varints(0x3e00, 0xc000), 2)
        .with("brain", OnnxBytes.BFLOAT16, OnnxBytes.RAW_DATA, OnnxBytes.shorts(0x3fc0, 0xc000), 2)
        .with("shape", OnnxBytes.INT64, OnnxBytes.RAW_DATA, new byte[8], 1)
        .model();
    Path file = Files.write(folder.resolve("forms.onnx"), model);
    List<StoredTensor> tensors = OnnxInitializers.read(file);
    assertThat(tensors)
        .extracting(StoredTensor::name)
        .containsExactly("raw", "packed", "half", "listed", "brain");
    assertThat(tensors).allSatisfy(tensor -> assertThat(tensor.floats()).containsExactly(1.5f, -2));
    assertThat(tensors.get(1).shape()).containsExactly(1, 2);
  }

  @Test
  void onnxFilesThatCannotBeUsedAreRefusedInASentence() throws IOException {
    byte[] whole =
        new OnnxBytes().with(StoredTensor.floats("w", new float[64], 64)).model();
    refused(Arrays.copyOf(whole, whole.length - 9), "is not an ONNX file, or a damaged one");
    refused(new byte[] {0x3a, 0x7f, 1}, "a part of 127 bytes where 1 are left");
    refused(
        "PK".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "has no weights in its graph");
    refused(new OnnxBytes().model(), "has no weights in its graph");
    refused(new OnnxBytes().external("w").model(), "tensor w is kept in another file");
    refused(
        new OnnxBytes()
            .with("w", OnnxBytes.DOUBLE, OnnxBytes.RAW_DATA, new byte[8], 1)
            .model(),
        "tensor w has ONNX element type 11");
    refused(
        new OnnxBytes()
            .with("w", OnnxBytes.FLOAT, OnnxBytes.RAW_DATA, new byte[8], 1L << 40)
            .model(),
        "tensor w of FLOAT32[1099511627776] takes");
  }

  private void refused(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("spoilt.onnx"), bytes);
    assertThatThrownBy(() -> OnnxInitializers.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void picklesAndFilesThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> PretrainedWeights.read(Path.of("resnet18.pth")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("end in neither .safetensors nor .onnx")
        .hasMessageContaining("a pickle");
    assertThatThrownBy(() -> PretrainedWeights.read(folder.resolve("none.onnx")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.onnx: it does not exist");
  }

  private Path write(String name, List<StoredTensor> weights) throws IOException {
    Path file = folder.resolve(name);
    if (name.endsWith(".safetensors")) {
      Safetensors.write(file, weights, Map.of());
      return file;
    }
    OnnxBytes onnx = new OnnxBytes();
    weights.stream().filter(weight -> !weight.name().endsWith("tracked")).forEach(onnx::with);
    onnx.with("bn1.num_batches_tracked", OnnxBytes.INT64, OnnxBytes.RAW_DATA, new byte[8]);
    return Files.write(file, onnx.model());
  }
}
