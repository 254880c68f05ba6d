package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.exporter.quantize.DropException;
import lapidary.exporter.quantize.QuantizationOptions;
import lapidary.exporter.quantize.QuantizationReport;
import lapidary.models.DescriptionCodec;
import lapidary.models.Input;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.models.QuantizationOrigin;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files in 8 bits against the files in 32 that they are made of, and against whole numbers reckoned here. */
class QuantizerTest {
  // TensorProto.DataType.
  private static final int INT8 = 3;

  private static final List<Output> SCORES = List.of(Output.of(Output.LOGITS, 0));

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private final List<String> told = new ArrayList<>();

  private Path export(Block block, Input input, ExportOptions options) {
    return OnnxExporter.export(
            block,
            Fixtures.description(List.of(input), SCORES),
            folder.resolve("base.onnx"),
            options,
            ParityRows.random(1))
        .file();
  }

  private Path export(Block block, Input input) {
    return export(block, input, ExportOptions.defaults());
  }

  private QuantizationReport quantize(Path base, String name, double maxDrop) {
    return Quantizer.quantize(
        base,
        folder.resolve(name),
        ParityRows.random(2),
        Quantizer.agreement(ParityRows.random(3), 64),
        new QuantizationOptions(maxDrop, 32),
        told::add);
  }

  private Block residual() {
    return Fixtures.initialized(Networks.resnet(4), engine.manager(), new Shape(1, 3, 32, 32));
  }

  private static List<String> operators(Path file) throws IOException {
    return ModelFile.read(file).getGraph().getNodeList().stream()
        .map(NodeProto::getOpType)
        .toList();
  }

  private static float[] logits(Path file, Tensor input, String name) {
    try (Model model = Model.open(file, Device.cpu(1))) {
      return model.run(Map.of(name, input)).get(Output.LOGITS).floats();
    }
  }

  @Test
  void aResidualNetworkStaysInCodesFromItsFirstConvolutionToItsLastSum() throws IOException {
    Path base = export(residual(), Fixtures.rgb(32, 32));
    QuantizationReport report = quantize(base, "q.onnx", 0.1);
    List<String> operators = operators(report.file());
    assertThat(operators).doesNotContain("BatchNormalization", "Relu");
    Map<String, String> makers = new HashMap<>();
    List<NodeProto> nodes = ModelFile.read(report.file()).getGraph().getNodeList();
    nodes.forEach(node -> node.getOutputList().forEach(out -> makers.put(out, node.getOpType())));
    assertThat(nodes)
        .filteredOn(node -> List.of("Conv", "Add", "MaxPool", "Gemm").contains(node.getOpType()))
        .filteredOn(node -> !node.getName().startsWith("pixels"))
        .hasSizeGreaterThan(12)
        .allSatisfy(node -> assertThat(node.getInputList())
            .allSatisfy(value -> assertThat(makers.get(value)).isEqualTo("DequantizeLinear")));
    assertThat(report.origin().inFloat()).isEmpty();
    assertThat(report.origin().layers()).isEqualTo(count(operators, "Conv") + 1);
  }

  private static int count(List<String> operators, String operator) {
    return (int) operators.stream().filter(operator::equals).count();
  }

  @Test
  void itsAnswersStayNearThoseOfTheFileIn32Bits() {
    Path base = export(residual(), Fixtures.rgb(32, 32));
    Path file = quantize(base, "q.onnx", 0.1).file();
    byte[] bytes = new byte[5 * 32 * 32 * 3];
    new Random(9).nextBytes(bytes);
    Tensor photos = Tensor.pixels(Pixels.of(5, 32, 32, 3, bytes));
    float[] wanted = logits(base, photos, "pixels");
    float[] given = logits(file, photos, "pixels");
    double worst = 0;
    double size = 0;
    for (int i = 0; i < wanted.length; i++) {
      worst = Math.max(worst, Math.abs(given[i] - wanted[i]));
      size = Math.max(size, Math.abs(wanted[i]));
    }
    assertThat(worst / size).isGreaterThan(0).isLessThan(0.1);
  }

  @Test
  void theSameFileRowsAndOptionsGiveTheSameGraph() throws IOException {
    Path base = export(residual(), Fixtures.rgb(32, 32));
    Path first = quantize(base, "first.onnx", 0.1).file();
    Path second = quantize(base, "second.onnx", 0.1).file();
    assertThat(ModelFile.read(second).getGraph())
        .isEqualTo(ModelFile.read(first).getGraph());
  }

  /** A linear layer from 3 numbers to 2. */
  private SequentialBlock linear() {
    SequentialBlock block =
        new SequentialBlock().add(Linear.builder().setUnits(2).build());
    Fixtures.initialized(block, engine.manager(), new Shape(1, 3));
    set(block, 0, 1f, -0.5f, 0.25f, 2f, 0f, -2f);
    set(block, 1, 0.125f, -3f);
    return block;
  }

  private static void set(Block block, int parameter, float... numbers) {
    Parameter found = block.getParameters().valueAt(parameter);
    found.getArray().set(numbers);
  }

  @Test
  void aLayerIsWhatWholeNumbersGive() {
    Path base = export(linear(), Fixtures.floats("x", 3));
    // Between −4 and 4.16: a step of 0.032, and the code of 0 is 125.
    float[] rows = {-4f, 0f, 4.16f, 1f, 2f, 3f, -1f, 0.5f, 0.1f};
    Path file = Quantizer.quantize(
            base,
            folder.resolve("q.onnx"),
            ParityRows.tensors(Map.of("x", Tensor.floats(rows, 3, 3))),
            Quantizer.agreement(ParityRows.random(3), 4),
            new QuantizationOptions(1, 8),
            told::add)
        .file();
    float step = (4.16f + 4f) / 255;
    float[] weights = {1f, -0.5f, 0.25f, 2f, 0f, -2f};
    float[] scales = {1f / 63, 2f / 63};
    float[] bias = {0.125f, -3f};
    float[] wanted = new float[6];
    for (int out = 0; out < 2; out++) {
      double corrected = bias[out];
      long[] codes = new long[3];
      for (int in = 0; in < 3; in++) {
        codes[in] = (long) Math.rint(weights[3 * out + in] / scales[out]);
        // Of the eight rows looked at three are the first, three the second, two the third.
        double mean = (3 * rows[in] + 3 * rows[3 + in] + 2 * rows[6 + in]) / 8;
        corrected += (weights[3 * out + in] - codes[in] * (double) scales[out]) * mean;
      }
      for (int row = 0; row < 3; row++) {
        long sum = Math.round(corrected / ((double) step * scales[out]));
        for (int in = 0; in < 3; in++) {
          long code = Math.max(0, Math.min(255, (long) Math.rint(rows[3 * row + in] / step) + 125));
          sum += (code - 125) * codes[in];
        }
        wanted[2 * row + out] = sum * step * scales[out];
      }
    }
    assertThat(logits(file, Tensor.floats(rows, 3, 3), "x"))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(wanted);
  }

  /** One channel a hundred thousand times as large as the others, and all of them needed alike. */
  private Block collapsing() {
    SequentialBlock block = new SequentialBlock()
        .add(Conv2d.builder()
            .setFilters(4)
            .setKernelShape(new Shape(1, 1))
            .optGroups(4)
            .optBias(false)
            .build())
        .add(Networks.convolution(4, 1, 1, 0))
        .add(LambdaBlock.singleton(map -> map.mean(new int[] {3}).mean(new int[] {2})))
        .add(Linear.builder().setUnits(4).build());
    Fixtures.initialized(block, engine.manager(), new Shape(1, 4, 2, 2));
    set(block, 0, 1e5f, 1f, 1f, 1f);
    set(block, 1, 1e-5f, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    set(block, 2, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    return block;
  }

  @Test
  void aNetworkThatCollapsesIsRefusedWithTheLayerAndTheDropAndNothingIsLeftBehind()
      throws IOException {
    Path base = export(collapsing(), Fixtures.floats("x", 4, 2, 2));
    assertThatThrownBy(() -> quantize(base, "q.onnx", 0.05))
        .isInstanceOf(DropException.class)
        .hasMessageContaining("agreement is 0.")
        .hasMessageContaining("(allowed 0.0500)")
        .hasMessageContaining("01Conv2d/Conv")
        .hasMessageContaining("nothing was published");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(base);
    }
  }

  /** Four linear layers; what the second is given has one number far larger than the others. */
  private Block uneven() {
    NDArray factors = engine.manager().create(new float[] {1e5f, 1, 1, 1, 1, 1, 1, 1});
    NDArray back = engine.manager().create(new float[] {1e-5f, 1, 1, 1, 1, 1, 1, 1});
    SequentialBlock block = new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(LambdaBlock.singleton(x -> Activation.relu(x).mul(factors)))
        .add(Linear.builder().setUnits(8).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(8).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(4).build());
    Fixtures.initialized(block, engine.manager(), new Shape(1, 8));
    Parameter second = block.getParameters().valueAt(2);
    second.getArray().set(second.getArray().mul(back).toFloatArray());
    return block;
  }

  @Test
  void theLayerThatCostsMostIsLeftIn32BitsAndNamed() throws IOException {
    Path base = export(uneven(), Fixtures.floats("x", 8));
    QuantizationReport report = quantize(base, "q.onnx", 0.02);
    assertThat(report.origin().inFloat()).containsExactly("03Linear/Gemm");
    assertThat(report.origin().layers()).isEqualTo(3);
    assertThat(report.origin().drop()).isLessThanOrEqualTo(0.02);
    assertThat(told).anyMatch(sentence -> sentence.contains("4 of 4 layers"));
    assertThat(ModelFile.read(report.file()).getGraph().getInitializerList().stream()
            .filter(tensor -> tensor.getDataType() == INT8)
            .filter(tensor -> tensor.getDimsCount() == 2))
        .hasSize(3);
  }

  @Test
  void theFileSaysWhatItCameFromAndWhatThatCost() {
    Path base = export(residual(), Fixtures.rgb(32, 32));
    QuantizationReport report = quantize(base, "q.onnx", 0.1);
    Map<String, String> metadata =
        lapidary.runtime.ModelFile.read(report.file()).metadata();
    QuantizationOrigin origin =
        DescriptionCodec.quantizationOriginFrom(metadata, "q.onnx").orElseThrow();
    assertThat(origin).isEqualTo(report.origin());
    assertThat(origin.baseSha256())
        .isEqualTo(lapidary.runtime.ModelFile.read(base).sha256());
    assertThat(origin.rows()).isEqualTo(32);
    assertThat(origin.metric()).isEqualTo("agreement");
    assertThat(origin.before()).isEqualTo(1);
    assertThat(origin.rowsSha256()).hasSize(64);
    assertThat(report.sha256())
        .isEqualTo(lapidary.runtime.ModelFile.read(report.file()).sha256());
  }

  @Test
  void aFileIn16BitsHasNoLayerForIt() {
    Path base = export(
        linear(), Fixtures.floats("x", 3), ExportOptions.defaults().withPrecision(Precision.FP16));
    assertThatThrownBy(() -> quantize(base, "q.onnx", 1))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("fp32");
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new QuantizationOptions(-0.1, 8)).hasMessageContaining("0.005");
    assertThatThrownBy(() -> new QuantizationOptions(0.1, 0)).hasMessageContaining("1 or more");
  }
}
