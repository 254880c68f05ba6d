package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.exporter.onnx.Onnx.TensorShapeProto.Dimension;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Sha256;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole networks against DJL at batch 1, 3 and 8; relative differences are float rounding. */
class NetworkExportTest {
  private static final double ROUNDING = 1e-5;

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private ExportReport export(Block block, List<Input> inputs, ExportOptions options, int outputs) {
    ModelDescription description = Fixtures.description(
        inputs, IntStream.range(0, outputs).mapToObj(i -> Output.of("y" + i, i)).toList());
    return OnnxExporter.export(
        block, description, folder.resolve("network.onnx"), options, ParityRows.random(9));
  }

  private void agrees(Block block, List<Input> inputs, int outputs) {
    for (int opset = 17; opset <= 21; opset++) {
      ExportOptions options = ExportOptions.defaults().withOpset(opset).withTolerance(ROUNDING);
      assertThat(export(block, inputs, options, outputs).parity().holds()).isTrue();
    }
  }

  @Test
  void linearKeepsLeadingAxes() {
    Linear linear = Linear.builder().setUnits(7).build();
    agrees(
        Fixtures.initialized(linear, engine.manager(), new Shape(1, 4, 10)),
        List.of(Fixtures.floats("x", 4, 10)),
        1);
  }

  @Test
  void groupedDilatedConvolutionsAgree() {
    SequentialBlock network = new SequentialBlock()
        .add(Conv2d.builder()
            .setFilters(12)
            .setKernelShape(new Shape(3, 5))
            .optStride(new Shape(2, 1))
            .optPadding(new Shape(1, 2))
            .optDilation(new Shape(2, 1))
            .optGroups(4)
            .build())
        .add(Activation.leakyReluBlock(0.1f))
        .add(Pool.avgPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)))
        .add(Activation.tanhBlock())
        .add(Pool.globalMaxPool2dBlock())
        .add(Linear.builder().setUnits(5).build());
    agrees(
        Fixtures.initialized(network, engine.manager(), new Shape(1, 8, 15, 17)),
        List.of(Fixtures.floats("x", 8, 15, 17)),
        1);
  }

  @Test
  void parallelBranchesAndActivationsAgree() {
    ParallelBlock network = new ParallelBlock(branches -> new NDList(NDArrays.concat(
        new NDList(branches.stream().map(NDList::head).toArray(NDArray[]::new)), 1)));
    network.add(Linear.builder().setUnits(4).build());
    network.add(new SequentialBlock()
        .add(Activation.geluBlock())
        .add(Activation.swishBlock(1.5f))
        .add(Activation.eluBlock(0.7f))
        .add(Activation.softPlusBlock())
        .add(Activation.relu6Block())
        .add(Activation.mishBlock())
        .add(LayerNorm.builder().build()));
    agrees(
        Fixtures.initialized(network, engine.manager(), new Shape(1, 10)),
        List.of(Fixtures.floats("x", 10)),
        1);
  }

  @Test
  void attentionAgrees() {
    ScaledDotProductAttentionBlock attention = ScaledDotProductAttentionBlock.builder()
        .setEmbeddingSize(12)
        .setHeadCount(3)
        .build();
    agrees(
        Fixtures.initialized(attention, engine.manager(), new Shape(2, 5, 12)),
        List.of(Fixtures.floats("x", 5, 12)),
        1);
  }

  @Test
  void dotProductWithBiasAgrees() {
    Networks.DotProductBias network = new Networks.DotProductBias(20, 30, 8);
    agrees(
        Fixtures.initialized(network, engine.manager(), new Shape(1), new Shape(1)),
        List.of(Fixtures.ids("user"), Fixtures.ids("item")),
        1);
  }

  @Test
  void tabularNetworkAgrees() {
    Networks.Tabular network = new Networks.Tabular(new int[] {5, 7}, new int[] {3, 4}, 6);
    agrees(
        Fixtures.initialized(network, engine.manager(), new Shape(1, 2), new Shape(1, 6)),
        List.of(Fixtures.ids("categories", 2), Fixtures.floats("numbers", 6)),
        1);
  }

  @Test
  void shapesConstantsAndDivisorsFollowTheBatch() {
    agrees(
        Fixtures.initialized(new Networks.BatchArithmetic(), engine.manager(), new Shape(2, 4, 6)),
        List.of(Fixtures.floats("x", 4, 6)),
        3);
  }

  @Test
  void residualNetworkNamesEveryLayerByItsPath() throws Exception {
    SequentialBlock network =
        Fixtures.initialized(Networks.resnet(5), engine.manager(), new Shape(1, 3, 32, 48));
    ExportReport report = export(
        network,
        List.of(Fixtures.rgb(32, 48)),
        ExportOptions.defaults().withTolerance(ROUNDING),
        1);
    List<String> names = ModelFile.read(report.file()).getGraph().getNodeList().stream()
        .map(NodeProto::getName)
        .toList();
    assertThat(names)
        .contains(
            "01Conv2d/Conv",
            "02BatchNorm/BatchNormalization",
            "03LambdaBlock/Relu",
            "05SequentialBlock/01Residual/01conv1/Conv",
            "05SequentialBlock/01Residual/03conv2/Conv",
            "05SequentialBlock/01Residual/04bn2/BatchNormalization",
            "05SequentialBlock/02Residual/03conv2/Conv",
            "06SequentialBlock/01Residual/05downsample/01Conv2d/Conv",
            "06SequentialBlock/01Residual/Add",
            "08Linear/Gemm");
    assertThat(names.subList(0, 4)).allMatch(name -> name.startsWith("pixels/"));
  }

  @Test
  void oneFileTakesImagesOfAnySize() throws Exception {
    ImageInput image = Fixtures.rgb(32, 48);
    SequentialBlock network =
        Fixtures.initialized(Networks.resnet(5), engine.manager(), new Shape(1, 3, 32, 48));
    ExportReport report =
        export(network, List.of(image), ExportOptions.defaults().withOpenSizeOf(image), 1);
    List<String> dimensions = ModelFile.read(report.file())
        .getGraph()
        .getInput(0)
        .getType()
        .getTensorType()
        .getShape()
        .getDimList()
        .stream()
        .map(Dimension::getDimParam)
        .toList();
    assertThat(dimensions).containsExactly("batch", "height", "width", "");
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      Tensor other = Tensor.uint8(new byte[2 * 41 * 67 * 3], 2, 41, 67, 3);
      assertThat(model.run(Map.of("pixels", other)).get("y0").shape()).containsExactly(2, 5);
    }
  }

  @Test
  void fixedBatchIsTracedAtItsSize() throws Exception {
    Block block =
        Fixtures.initialized(new Networks.BatchArithmetic(), engine.manager(), new Shape(2, 4, 6));
    ExportReport report = export(
        block, List.of(Fixtures.floats("x", 4, 6)), ExportOptions.defaults().withBatch(5), 3);
    assertThat(report.parity().batches()).containsExactly(5);
    assertThat(ModelFile.read(report.file())
            .getGraph()
            .getInput(0)
            .getType()
            .getTensorType()
            .getShape()
            .getDim(0)
            .getDimValue())
        .isEqualTo(5);
    assertThat(ModelFile.read(report.file()).getGraph().getNodeList().stream()
            .map(NodeProto::getOpType))
        .doesNotContain("Shape");
  }

  @Test
  void halfPrecisionHalvesTheWeightsAndKeepsInputsAndOutputs() throws Exception {
    Block block =
        Fixtures.initialized(Networks.resnet(5), engine.manager(), new Shape(1, 3, 32, 48));
    List<Input> inputs = List.of(Fixtures.rgb(32, 48));
    long full = export(block, inputs, ExportOptions.defaults(), 1).bytes();
    ExportReport report =
        export(block, inputs, ExportOptions.defaults().withPrecision(Precision.FP16), 1);
    assertThat(report.bytes()).isBetween(full / 2, full * 2 / 3);
    assertThat(report.parity().tolerance()).isEqualTo(1e-2);
    assertThat(report.parity().worstRelative()).isBetween(1e-6, 1e-2);
    assertThat(ModelFile.read(report.file())
            .getGraph()
            .getOutput(0)
            .getType()
            .getTensorType()
            .getElemType())
        .isEqualTo(1);
  }

  @Test
  void exportingChangesNoParameterAndNoChild() {
    SequentialBlock block =
        Fixtures.initialized(Networks.resnet(5), engine.manager(), new Shape(1, 3, 32, 48));
    List<Block> children = block.getChildren().values();
    String before = weights(block);
    export(block, List.of(Fixtures.rgb(32, 48)), ExportOptions.defaults(), 1);
    assertThat(weights(block)).isEqualTo(before);
    assertThat(block.getChildren().values()).containsExactlyElementsOf(children);
  }

  private static String weights(Block block) {
    StringBuilder digests = new StringBuilder();
    block.getParameters().values().forEach(parameter -> {
      byte[] bytes = parameter.getArray().toByteArray();
      digests.append(Sha256.of(bytes));
    });
    return digests.toString();
  }

  @Test
  void nativeArraysAreFlatOverFiftyExports() {
    Block block = Fixtures.initialized(new Tied(), engine.manager(), new Shape(2, 6));
    List<Input> inputs = List.of(Fixtures.floats("x", 6));
    export(block, inputs, ExportOptions.defaults(), 1);
    int own = engine.manager().getManagedArrays().size();
    int everywhere = engine.manager().getParentManager().getManagedArrays().size();
    for (int i = 0; i < 50; i++) {
      export(block, inputs, ExportOptions.defaults(), 1);
    }
    assertThat(engine.manager().getManagedArrays()).hasSize(own);
    assertThat(engine.manager().getParentManager().getManagedArrays()).hasSize(everywhere);
  }

  @Test
  void aSharedParameterIsOneInitializer() throws Exception {
    Block block = Fixtures.initialized(new Tied(), engine.manager(), new Shape(2, 6));
    ExportReport report =
        export(block, List.of(Fixtures.floats("x", 6)), ExportOptions.defaults(), 1);
    assertThat(ModelFile.read(report.file()).getGraph().getInitializerList().stream()
            .filter(initializer -> initializer.getDimsCount() == 2))
        .singleElement()
        .satisfies(initializer -> assertThat(initializer.getName()).isEqualTo("weight"));
  }

  @Test
  void aBlockThatInsistsOnItsChildrensClassesExports() throws Exception {
    Block block = Fixtures.initialized(
        new Insisting(
            children -> assertThat((Linear) children.get(0).getValue()).isNotNull()),
        engine.manager(),
        new Shape(2, 6));
    ExportReport report =
        export(block, List.of(Fixtures.floats("x", 6)), ExportOptions.defaults(), 1);
    assertThat(
            ModelFile.read(report.file()).getGraph().getNodeList().stream().map(NodeProto::getName))
        .containsExactly("Neg", "02second/Gemm", "01first/Gemm", "Add");
  }
}
