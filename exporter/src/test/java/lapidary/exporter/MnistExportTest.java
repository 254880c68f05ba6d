package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.GraphProto;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.models.ImageInput;
import lapidary.models.ModelDescription;
import lapidary.models.Normalization;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.models.Sha256;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistExportTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 5;

  private static NDManager manager;
  private static Block block;

  @TempDir
  private Path folder;

  @BeforeAll
  static void build() {
    manager = NDManager.newBaseManager();
    block = Fixtures.initialized(
        new SequentialBlock()
            .add(Linear.builder().setUnits(7).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(4).build()),
        manager,
        new Shape(1, HEIGHT * WIDTH));
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  private static ModelDescription description(Normalization normalization) {
    return Fixtures.description(
        List.of(ImageInput.flatGrey(HEIGHT, WIDTH, normalization)),
        List.of(Output.of(Output.LOGITS, 0), Output.softmax(Output.PROBABILITIES, 0)));
  }

  private static GraphProto graph(Path file) throws Exception {
    return ModelFile.read(file).getGraph();
  }

  @Test
  void writesTheFewestNodesWithTheSignaturesNames() throws Exception {
    Path file = folder.resolve("mnist.onnx");
    ExportReport report = OnnxExporter.export(block, description(Normalization.unit()), file);
    GraphProto graph = graph(file);
    assertThat(graph.getNodeList().stream().map(NodeProto::getOpType))
        .containsExactly("Cast", "Mul", "Reshape", "Gemm", "Relu", "Gemm", "Softmax");
    assertThat(graph.getNodeList().stream().map(NodeProto::getName))
        .contains("01Linear/Gemm", "02LambdaBlock/Relu", "03Linear/Gemm");
    assertThat(graph.getInput(0).getName()).isEqualTo("pixels");
    assertThat(graph.getOutputList().stream().map(o -> o.getName()))
        .containsExactly("logits", "probabilities");
    assertThat(graph.getOutput(0).getType().getTensorType().getShape().getDim(0).getDimParam())
        .isEqualTo("batch");
    assertThat(graph.getInitializerList().stream().map(i -> i.getName()))
        .contains("01Linear/weight", "01Linear/bias", "03Linear/weight", "03Linear/bias");
    assertThat(report.nodes()).isEqualTo(7);
    assertThat(report.bytes()).isEqualTo(Files.size(file));
    assertThat(report.sha256()).isEqualTo(Sha256.of(file));
    assertThat(report.parity().batches()).containsExactly(1, 3, 8, 37);
    assertThat(report.parity().holds()).isTrue();
  }

  @Test
  void metadataReadsBackAsTheDescriptionWithParity() throws Exception {
    Path file = folder.resolve("mnist.onnx");
    ModelDescription description = description(Normalization.unit());
    ExportReport report = OnnxExporter.export(block, description, file);
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(model.description()).contains(description.withParity(report.parity()));
    }
    assertThat(ModelFile.read(file).getMetadataPropsList().stream()
            .map(entry -> entry.getKey())
            .toList())
        .isSorted()
        .contains("lapidary.schema", "lapidary.card");
  }

  @Test
  void normalisesPixelsAsTrainingDoes() {
    Path file = folder.resolve("mnist.onnx");
    Normalization normalization = new Normalization(List.of(0.2860f), List.of(0.3530f));
    byte[] bytes = new byte[2 * HEIGHT * WIDTH];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 37));
    Pixels pixels = Pixels.of(2, HEIGHT, WIDTH, 1, bytes);
    ExportReport report = OnnxExporter.export(
        block,
        description(normalization),
        file,
        ExportOptions.defaults(),
        ParityRows.validation(pixels));
    assertThat(report.parity().rows()).isEqualTo("validation");
    assertThat(report.parity().worstRelative()).isLessThan(1e-6);
    try (Model model = Model.open(file, Device.cpu(1))) {
      Map<String, Tensor> answers = model.run(Map.of("pixels", Tensor.pixels(pixels)));
      float[] row = answers.get("probabilities").floats();
      assertThat(row[0] + row[1] + row[2] + row[3]).isCloseTo(1f, within(1e-6f));
    }
  }

  @Test
  void twoExportsAreTheSameBytes() throws Exception {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    OnnxExporter.export(block, description(Normalization.unit()), first);
    OnnxExporter.export(block, description(Normalization.unit()), second);
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void verifyMeasuresAFileAgain() {
    Path file = folder.resolve("mnist.onnx");
    ModelDescription description = description(Normalization.unit());
    ExportReport report = OnnxExporter.export(block, description, file);
    assertThat(OnnxExporter.verify(block, description, file, 1e-4, ParityRows.random(42)))
        .isEqualTo(report.parity());
  }

  @Test
  void irVersionFollowsTheOpset() throws Exception {
    Path file = folder.resolve("mnist.onnx");
    int[] expected = {8, 8, 9, 9, 10};
    for (int opset = 17; opset <= 21; opset++) {
      OnnxExporter.export(
          block,
          description(Normalization.unit()),
          file,
          ExportOptions.defaults().withOpset(opset),
          ParityRows.random(1));
      assertThat(ModelFile.read(file).getIrVersion()).isEqualTo(expected[opset - 17]);
      assertThat(ModelFile.read(file).getOpsetImport(0).getVersion()).isEqualTo(opset);
    }
  }
}
