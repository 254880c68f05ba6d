package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lapidary.exporter.graph.ExportException;
import lapidary.models.Output;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that are written into, on x [N, 4, 6], against DJL. */
final class InPlaceTest {
  @TempDir
  private Path folder;

  private ExportReport export(UnaryOperator<NDArray> operation, ExportOptions options) {
    return OnnxExporter.export(
        new LambdaBlock(list -> new NDList(operation.apply(list.head().mul(1.5f)))),
        Fixtures.description(List.of(Fixtures.floats("x", 4, 6)), List.of(Output.of("y", 0))),
        folder.resolve("model.onnx"),
        options,
        ParityRows.random(3));
  }

  private static Map<String, UnaryOperator<NDArray>> writes() {
    Map<String, UnaryOperator<NDArray>> all = new LinkedHashMap<>();
    all.put("a number into a part", x -> written(x, ":,1:3,2:", 7));
    all.put("a number into a row", x -> written(x, ":,2", 7));
    all.put("a number from behind", x -> written(x, ":,-1,:-2", 7));
    all.put("a number into one row of the batch", x -> written(x, "0", 7));
    all.put("a number everywhere", x -> written(x, ":", 7));
    all.put("an array into a part", x -> {
      x.set(new NDIndex(":,1:3"), x.get(":,0:2").neg());
      return x;
    });
    all.put("an array into fixed positions", x -> {
      x.set(new NDIndex(":,2,1:4"), x.sum(new int[] {1}).get(":,0:3"));
      return x;
    });
    all.put("what follows from the part", x -> {
      x.set(new NDIndex("...,0"), part -> part.mul(2).exp());
      return x;
    });
    all.put("a number where a mask is true", x -> {
      x.set(x.gt(0.5), -3);
      return x;
    });
    all.put("into zeros", x -> {
      NDArray made = x.getManager().zeros(new Shape(x.size(0), 5, 6), DataType.FLOAT32);
      made.set(new NDIndex(":,:4"), x);
      made.set(new NDIndex(":,4,0"), 1);
      return made.addi(1);
    });
    all.put("arithmetic on a fresh view", x -> x.get(":,1").addi(2).muli(3));
    all.put("arithmetic on a reshaped array", x -> x.reshape(-1, 24).subi(1).divi(2));
    return all;
  }

  private static NDArray written(NDArray x, String index, Number number) {
    x.set(new NDIndex(index), number);
    return x;
  }

  @TestFactory
  Stream<DynamicTest> writesAgree() {
    return writes().entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(
            each.getKey(),
            () -> assertThat(
                    export(each.getValue(), ExportOptions.defaults()).parity().holds())
                .isTrue()));
  }

  @Test
  void partsOfOpenSizesAgree() {
    ExportOptions open = ExportOptions.defaults().withOpenAxis("length", "x", 1);
    ExportReport report = export(x -> written(x, ":,1:" + x.size(1) / 2 + ",2", 7), open);
    assertThat(report.parity().holds()).isTrue();
  }

  @Test
  void aViewIsNotUsedAfterItsArrayWasWritten() {
    assertThatThrownBy(() -> export(
            x -> {
              NDArray view = x.get(":,1");
              x.set(new NDIndex(":,1"), 0);
              return view;
            },
            ExportOptions.defaults()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining(
            "NDArray.set changes an array that shares memory with another, which is"
                + " used afterwards in the block itself (")
        .hasMessageContaining("InPlaceTest.java:");
  }

  @Test
  void stepsAreRefused() {
    assertThatThrownBy(() -> export(x -> written(x, ":,0:4:2", 7), ExportOptions.defaults()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("NDArray.set at steps, masks or arrays of positions");
  }
}
