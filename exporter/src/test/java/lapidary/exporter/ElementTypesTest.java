package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.models.ElementType;
import lapidary.models.Output;
import lapidary.models.TensorInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs, outputs and weights of every element type, against DJL. */
final class ElementTypesTest {
  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private void agrees(ElementType type, Function<NDArray, NDList> operation, int outputs) {
    Block block = new LambdaBlock(list -> operation.apply(list.head()));
    List<Output> described = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      described.add(Output.of("y" + i, i));
    }
    ExportReport report = OnnxExporter.export(
        block,
        Fixtures.description(List.of(new TensorInput("x", type, List.of(3L, 5L))), described),
        folder.resolve("model.onnx"),
        ExportOptions.defaults().withTolerance(type == ElementType.FLOAT16 ? 2e-3 : 1e-6),
        ParityRows.random(2));
    assertThat(report.parity().holds()).isTrue();
  }

  @Test
  void truthValuesGoInAndOut() {
    agrees(
        ElementType.BOOL,
        x -> new NDList(
            x.logicalNot(),
            x.add(x.flip(2)),
            x.mul(x.flip(1)),
            x.max(new int[] {1}),
            x.min(new int[] {2}),
            NDArrays.where(x, x.flip(2), x.flip(1)),
            x.sum(new int[] {1}),
            x.concat(x, 1).get(":,2:5"),
            x.any(),
            x.toType(DataType.FLOAT32, false).mul(2)),
        10);
  }

  @Test
  void doublesKeepTheirDigits() {
    agrees(
        ElementType.FLOAT64,
        x -> new NDList(
            x.mul(1.000000001).sub(x), x.exp().softmax(1), x.matMul(x.transpose(0, 2, 1))),
        3);
  }

  @Test
  void halvesGoInAndOut() {
    agrees(ElementType.FLOAT16, x -> new NDList(x.mul(2.5), x.toType(DataType.FLOAT32, false)), 2);
  }

  @Test
  void smallIntegersGoInAndOut() {
    agrees(ElementType.INT8, x -> new NDList(x.toType(DataType.INT32, false).add(3), x), 2);
  }

  /** ONNX Runtime's 16-bit Gemm is off by 2e-2 at 8,192 inputs. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wideLayersOfSixteenBitsAreProducts(boolean biased) throws Exception {
    Block wide = Fixtures.initialized(
        Linear.builder().setUnits(7).optBias(biased).build(), engine.manager(), new Shape(1, 8192));
    ExportReport report = OnnxExporter.export(
        wide,
        Fixtures.description(List.of(Fixtures.floats("x", 8192)), List.of(Output.of("y", 0))),
        folder.resolve("wide.onnx"),
        ExportOptions.defaults().withPrecision(Precision.FP16).withTolerance(2e-3),
        ParityRows.random(2));
    assertThat(report.parity().holds()).isTrue();
    assertThat(ModelFile.read(report.file()).getGraph().getNodeList().stream()
            .map(NodeProto::getOpType))
        .contains("MatMul")
        .doesNotContain("Gemm");
  }
}
