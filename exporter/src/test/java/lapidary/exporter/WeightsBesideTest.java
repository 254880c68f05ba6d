package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Sha256;
import lapidary.runtime.Model;
import lapidary.runtime.ModelFile;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files whose weights lie beside them. */
class WeightsBesideTest {
  private static final int WIDTH = 100;
  private static final ModelDescription DESCRIPTION =
      Fixtures.description(List.of(Fixtures.floats("x", WIDTH)), List.of(Output.of("y", 0)));

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  /** 40 kB of a matrix, 400 bytes of a bias, twice. */
  private SequentialBlock network() {
    SequentialBlock network = new SequentialBlock()
        .add(Linear.builder().setUnits(WIDTH).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(WIDTH).build());
    return Fixtures.initialized(network, engine.manager(), new Shape(1, WIDTH));
  }

  private ExportReport export(Block block, String name, ExportOptions options) {
    return OnnxExporter.export(
        block, DESCRIPTION, folder.resolve(name), options, ParityRows.random(9));
  }

  private static ExportOptions beside() {
    return ExportOptions.defaults().withMostInside(1_000);
  }

  private List<Path> weights() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".data")).sorted().toList();
    }
  }

  private static float[] answer(Path file) {
    float[] row = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      row[i] = (float) Math.sin(i);
    }
    try (Model model = Model.open(file, Device.cpu(1))) {
      Map<String, Tensor> answers = model.run(Map.of("x", Tensor.floats(row, 1, WIDTH)));
      return answers.get("y").floats();
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theWeightsBesideAreThoseOfTheFileThatHoldsThem(Precision precision) throws IOException {
    Block network = network();
    ExportReport whole =
        export(network, "whole.onnx", ExportOptions.defaults().withPrecision(precision));
    ExportReport pair = export(network, "pair.onnx", beside().withPrecision(precision));
    assertThat(weights()).hasSize(1);
    assertThat(pair.bytes()).isLessThan(whole.bytes() / 2);
    assertThat(answer(pair.file())).isEqualTo(answer(whole.file()));
    String sha256 = ModelFile.read(pair.file()).metadata().get("lapidary.weights_sha256");
    assertThat(sha256).isEqualTo(Sha256.of(weights().get(0)));
    assertThat(weights().get(0)).hasFileName("pair.onnx." + sha256.substring(0, 16) + ".data");
    assertThat(ModelFile.read(whole.file()).metadata())
        .doesNotContainKey("lapidary.weights_sha256");
  }

  @Test
  void whatAnOnnxFileHoldsIsNotDivided() throws IOException {
    export(network(), "pair.onnx", ExportOptions.defaults().withMostInside(90_000));
    assertThat(weights()).isEmpty();
  }

  @Test
  void twoExportsAreEqualToTheByte() throws IOException {
    Block network = network();
    ExportReport first = export(network, "pair.onnx", beside());
    byte[] weights = Files.readAllBytes(weights().get(0));
    ExportReport second = export(network, "pair.onnx", beside());
    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(weights()).hasSize(1);
    assertThat(Files.readAllBytes(weights().get(0))).isEqualTo(weights);
    assertThat(second.notes()).isEmpty();
  }

  @Test
  void weightsThatWereChangedOrAreMissingAreRefusedByName() throws IOException {
    ExportReport report = export(network(), "pair.onnx", beside());
    Path weights = weights().get(0);
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.seek(5_000);
      int one = file.read();
      file.seek(5_000);
      file.write(one ^ 1);
    }
    assertRefused(report.file(), weights, "changed since");
    Files.delete(weights);
    assertRefused(report.file(), weights, "beside the model");
  }

  private static void assertRefused(Path file, Path weights, String sentence) {
    assertThatThrownBy(() -> Model.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(weights.getFileName().toString())
        .hasMessageContaining(sentence);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(weights.getFileName().toString());
  }

  @Test
  void weightsOfAnEarlierExportAreKeptAndTold() throws IOException {
    Block network = network();
    export(network, "pair.onnx", beside());
    Path earlier = weights().get(0);
    network.getParameters().get(0).getValue().getArray().addi(1);
    ExportReport report = export(network, "pair.onnx", beside());
    assertThat(weights()).hasSize(2).contains(earlier);
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains(earlier.getFileName().toString());
    assertThat(answer(report.file())).isNotEmpty();
  }

  @Test
  void anExportThatFailsLeavesNoWeights() throws IOException {
    Block network = network();
    assertThatThrownBy(() -> export(network, "pair.onnx", beside().withTolerance(0)))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("nothing was published");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
    ExportReport good = export(network, "pair.onnx", beside());
    assertThatThrownBy(() -> export(network, "pair.onnx", beside().withTolerance(0)))
        .isInstanceOf(ParityException.class);
    assertThat(answer(good.file())).as("the one that was there is whole").isNotEmpty();
  }

  @Test
  void theBlockIsUsedAsBefore() {
    Block network = network();
    NDArray x = engine.manager().ones(new Shape(1, WIDTH));
    ParameterStore store = new ParameterStore(engine.manager(), false);
    float[] before =
        network.forward(store, new NDList(x), false).singletonOrThrow().toFloatArray();
    export(network, "pair.onnx", beside());
    assertThat(network.forward(store, new NDList(x), false).singletonOrThrow().toFloatArray())
        .isEqualTo(before);
  }
}
