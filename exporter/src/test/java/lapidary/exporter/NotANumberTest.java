package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.models.Input;
import lapidary.models.Output;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of NaN, and remainders, as DJL has them. */
final class NotANumberTest {
  private static final Shape NONE = new Shape(0, 0);

  @TempDir
  private Path folder;

  private ExportReport export(Input input, UnaryOperator<NDArray> operation) {
    Block block = new LambdaBlock(list -> new NDList(operation.apply(list.head())));
    return OnnxExporter.export(
        block,
        Fixtures.description(List.of(input), List.of(Output.of("y", 0))),
        folder.resolve("model.onnx"),
        ExportOptions.defaults().withTolerance(2e-6),
        ParityRows.random(1));
  }

  private static NDArrayEx image(NDArray x) {
    return x.expandDims(1).getNDArrayInternal();
  }

  private static Map<String, UnaryOperator<NDArray>> operations() {
    Map<String, UnaryOperator<NDArray>> all = new LinkedHashMap<>();
    all.put("maximum", x -> x.maximum(x.flip(2)).add(x.maximum(0.1)));
    all.put("minimum", x -> x.minimum(x.flip(2)).add(x.minimum(0.1)));
    all.put("max of all", x -> x.max().add(x.mul(0)));
    all.put("max", x -> x.max(new int[] {1}));
    all.put("min", x -> x.min(new int[] {2}, true));
    all.put("sign", NDArray::sign);
    all.put("argMax", x -> x.argMax(2));
    all.put("argMin", x -> x.argMin(1));
    all.put("argMax of all", x -> x.argMax().add(x.argMin(2)));
    all.put("sort", x -> x.sort(2));
    all.put("argSort", x -> x.argSort(2));
    all.put("topK", x -> x.topK(3, 2, true, true).get(0));
    all.put("topK of the smallest", x -> x.topK(5, 2, false, true).get(0));
    all.put("clip", x -> x.clip(-0.5, 0.5));
    all.put("max pool", x -> image(x).maxPool(new Shape(2, 3), new Shape(1, 2), NONE, false));
    all.put(
        "padded max pool",
        x -> image(x).maxPool(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), true));
    all.put("global max pool", x -> image(x).globalMaxPool());
    all.put("relu", x -> x.getNDArrayInternal().relu());
    all.put("comparison", x -> x.gt(x.flip(2)));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> notANumberIsPassedOn() {
    return operations().entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
          UnaryOperator<NDArray> holed =
              x -> each.getValue().apply(NDArrays.where(x.gt(0.9), x.mul(0).div(x.mul(0)), x));
          assertThat(export(Fixtures.floats("x", 4, 6), holed).parity().holds()).isTrue();
        }));
  }

  @TestFactory
  Stream<DynamicTest> remaindersKeepTheirDigits() {
    Map<String, UnaryOperator<NDArray>> all = new LinkedHashMap<>();
    all.put("by a fraction", x -> x.mul(1e6).mod(0.3));
    all.put("by a negative fraction", x -> x.mul(1e4).mod(-0.7));
    all.put("by an array", x -> x.mul(1000).mod(x.flip(2)));
    all.put("of no rest", x -> x.mul(8).round().mod(-2));
    return all.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(
            each.getKey(),
            () -> assertThat(
                    export(Fixtures.floats("x", 4, 6), each.getValue()).parity().holds())
                .isTrue()));
  }

  @Test
  void picturesCannotHoldOneAndCostNothing() throws Exception {
    ExportReport report = export(
        Fixtures.rgb(8, 9),
        x -> x.mul(2)
            .div(3)
            .getNDArrayInternal()
            .maxPool(new Shape(2, 2), new Shape(2, 2), NONE, false));
    assertThat(ModelFile.read(report.file()).getGraph().getNodeList().stream()
            .map(NodeProto::getOpType))
        .doesNotContain("IsNaN");
  }
}
