package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lapidary.models.Input;
import lapidary.models.Output;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Recurrent blocks of DJL, one and two ways, in several layers, with and without states, against DJL. */
final class RecurrentExportTest {
  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private static final Map<String, Supplier<RecurrentBlock.BaseBuilder<?>>> KINDS = kinds();

  private static Map<String, Supplier<RecurrentBlock.BaseBuilder<?>>> kinds() {
    Map<String, Supplier<RecurrentBlock.BaseBuilder<?>>> kinds = new LinkedHashMap<>();
    kinds.put("lstm", LSTM::builder);
    kinds.put("gru", GRU::builder);
    kinds.put("tanh", () -> RNN.builder().setActivation(RNN.Activation.TANH));
    kinds.put("relu", () -> RNN.builder().setActivation(RNN.Activation.RELU));
    return kinds;
  }

  private static Block block(String kind, int layers, boolean both, boolean batchFirst) {
    RecurrentBlock.BaseBuilder<?> builder = KINDS.get(kind).get();
    builder.setStateSize(5).setNumLayers(layers).optBidirectional(both).optBatchFirst(batchFirst);
    // DJL gives the engine the biases of two ways in an order that it does not take.
    builder.optReturnState(true).optHasBiases(!both);
    return kind.equals("lstm")
        ? ((LSTM.Builder) builder).build()
        : kind.equals("gru") ? ((GRU.Builder) builder).build() : ((RNN.Builder) builder).build();
  }

  @TestFactory
  Stream<DynamicTest> recurrentBlocksAgree() {
    return KINDS.keySet().stream()
        .flatMap(kind -> Stream.of(
            DynamicTest.dynamicTest(kind + " of one layer", () -> agrees(kind, 1, false)),
            DynamicTest.dynamicTest(kind + " of two layers, two ways", () -> agrees(kind, 2, true)),
            DynamicTest.dynamicTest(kind + " of three layers", () -> agrees(kind, 3, false))));
  }

  private void agrees(String kind, int layers, boolean both) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block =
          Fixtures.initialized(block(kind, layers, both, true), manager, new Shape(2, 7, 6));
      for (int opset : new int[] {17, 21}) {
        ExportReport report = OnnxExporter.export(
            block,
            Fixtures.description(
                List.of(Fixtures.floats("x", 7, 6)), outputs(kind.equals("lstm") ? 3 : 2)),
            folder.resolve(kind + layers + ".onnx"),
            ExportOptions.defaults().withOpset(opset).withTolerance(1e-5),
            ParityRows.random(2));
        assertThat(report.parity().holds()).isTrue();
      }
    }
  }

  private static List<Output> outputs(int count) {
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(Output.of("y" + i, i));
    }
    return outputs;
  }

  /** The state comes as [layers, rows, …], so this network takes one batch only. */
  @Test
  void givenStatesAgree() {
    Block block = Fixtures.initialized(
        block("lstm", 2, false, true),
        engine.manager(),
        new Shape(2, 7, 6),
        new Shape(2, 2, 5),
        new Shape(2, 2, 5));
    List<Input> inputs =
        List.of(Fixtures.floats("x", 7, 6), Fixtures.floats("h", 2, 5), Fixtures.floats("c", 2, 5));
    ExportReport report = OnnxExporter.export(
        block,
        Fixtures.description(inputs, outputs(3)),
        folder.resolve("states.onnx"),
        ExportOptions.defaults().withBatch(2).withTolerance(1e-5),
        ParityRows.random(2));
    assertThat(report.parity().holds()).isTrue();
  }

  @Test
  void aTaggerTakesSequencesOfAnyLength() {
    Block tagger = Fixtures.initialized(
        new SequentialBlock()
            .add(LSTM.builder()
                .setStateSize(8)
                .setNumLayers(1)
                .optBidirectional(true)
                .optHasBiases(false)
                .optBatchFirst(true)
                .build())
            .add(Linear.builder().setUnits(4).build()),
        engine.manager(),
        new Shape(2, 7, 6));
    Path file = folder.resolve("tagger.onnx");
    OnnxExporter.export(
        tagger,
        Fixtures.description(List.of(Fixtures.floats("x", 7, 6)), outputs(1)),
        file,
        ExportOptions.defaults().withOpenAxis("length", "x", 1).withTolerance(1e-5),
        ParityRows.random(2));
    try (Model model = Model.open(file, Device.cpu(1))) {
      for (int length : new int[] {1, 12, 50}) {
        float[] values = new float[3 * length * 6];
        Random random = new Random(length);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        NDArray x = engine.manager().create(values, new Shape(3, length, 6));
        float[] wanted = tagger
            .forward(new ParameterStore(engine.manager(), false), new NDList(x), false)
            .head()
            .toFloatArray();
        assertThat(model
                .run(Map.of("x", Tensor.floats(values, 3, length, 6)))
                .get("y0")
                .floats())
            .containsExactly(wanted, Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void sixteenBitsAgree() {
    Block block =
        Fixtures.initialized(block("gru", 1, true, true), engine.manager(), new Shape(2, 7, 6));
    ExportReport report = OnnxExporter.export(
        block,
        Fixtures.description(List.of(Fixtures.floats("x", 7, 6)), outputs(1)),
        folder.resolve("half.onnx"),
        ExportOptions.defaults().withPrecision(Precision.FP16),
        ParityRows.random(2));
    assertThat(report.parity().holds()).isTrue();
  }
}
