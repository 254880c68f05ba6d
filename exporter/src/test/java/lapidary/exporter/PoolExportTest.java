package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.AttributeProto;
import lapidary.models.Output;
import lapidary.models.TensorInput;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Pools that round sizes up, with padding, in one, two and three dimensions, against DJL and in operators that all runtimes read alike. */
final class PoolExportTest {
  @TempDir
  private Path folder;

  private static LambdaBlock pool(UnaryOperator<NDArray> operation) {
    return new LambdaBlock(list -> new NDList(operation.apply(list.head())));
  }

  private ExportReport export(Block block, TensorInput input, ExportOptions options) {
    return OnnxExporter.export(
        block,
        Fixtures.description(List.of(input), List.of(Output.of("y", 0))),
        folder.resolve("pool.onnx"),
        options.withTolerance(2e-6),
        ParityRows.random(5));
  }

  private static Shape cube(int rank, long size) {
    long[] sizes = new long[rank];
    Arrays.fill(sizes, size);
    return new Shape(sizes);
  }

  @TestFactory
  Stream<DynamicTest> poolsThatRoundUpAgree() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int rank = 1; rank <= 3; rank++) {
      for (int kernel = 1; kernel <= 4; kernel++) {
        for (int stride = 1; stride <= 5; stride++) {
          for (int padding = 0; padding <= kernel / 2; padding++) {
            Shape[] window = {cube(rank, kernel), cube(rank, stride), cube(rank, padding)};
            tests.add(DynamicTest.dynamicTest(List.of(window).toString(), () -> agree(window)));
          }
        }
      }
    }
    return tests.stream();
  }

  private void agree(Shape... window) {
    int rank = window[0].dimension();
    TensorInput input = Fixtures.floats("x", Arrays.copyOf(new long[] {2, 8, 7, 6}, rank + 1));
    LambdaBlock largest =
        pool(x -> x.getNDArrayInternal().maxPool(window[0], window[1], window[2], true));
    LambdaBlock mean =
        pool(x -> x.getNDArrayInternal().avgPool(window[0], window[1], window[2], true, true));
    ExportOptions once = ExportOptions.defaults().withBatch(2);
    assertThat(export(largest, input, once).parity().holds()).isTrue();
    assertThat(export(mean, input, once).parity().holds()).isTrue();
  }

  @Test
  void sizesMayBeOpen() {
    for (boolean largest : new boolean[] {true, false}) {
      Shape window = new Shape(3, 2);
      Shape stride = new Shape(2, 2);
      Shape padding = new Shape(1, 0);
      ExportReport report = export(
          pool(x -> largest
              ? x.getNDArrayInternal().maxPool(window, stride, padding, true)
              : x.getNDArrayInternal().avgPool(window, stride, padding, true, true)),
          Fixtures.floats("x", 2, 9, 8),
          ExportOptions.defaults().withOpenAxis("height", "x", 2).withOpenAxis("width", "x", 3));
      assertThat(report.parity().holds()).isTrue();
    }
  }

  @Test
  void noFileRoundsUpByItself() throws Exception {
    ExportReport report = export(
        pool(x -> x.getNDArrayInternal()
            .avgPool(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), true, true)),
        Fixtures.floats("x", 2, 8, 8),
        ExportOptions.defaults());
    assertThat(ModelFile.read(report.file()).getGraph().getNodeList().stream()
            .flatMap(node -> node.getAttributeList().stream())
            .filter(attribute -> attribute.getName().equals("ceil_mode"))
            .map(AttributeProto::getI))
        .allMatch(value -> value == 0);
  }
}
