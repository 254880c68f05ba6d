package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import lapidary.exporter.graph.ExportException;
import lapidary.models.Output;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that do otherwise for another batch, or another time, are refused with the place, and whoever is wrong is named. */
final class BatchSizeTest {
  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private AbstractThrowableAssert<?, ? extends Throwable> exporting(
      ExportOptions options, UnaryOperator<NDArray> lambda) {
    Block block = Fixtures.nested(lambda, engine.manager());
    return assertThatThrownBy(() -> OnnxExporter.export(
        block,
        Fixtures.description(List.of(Fixtures.floats("x", 10)), List.of(Output.of("y", 0))),
        folder.resolve("model.onnx"),
        options,
        ParityRows.random(4)));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> exporting(UnaryOperator<NDArray> lambda) {
    return exporting(ExportOptions.defaults(), lambda);
  }

  @Test
  void aCutAtALargeBatchIsRefusedWithItsPlace() {
    exporting(x -> x.get("0:{}", Math.min(10, x.size(0))))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("Slice in 02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("BatchSizeTest.java:")
        .hasMessageContaining("gives [10, 3] in a batch of 37")
        .hasMessageContaining("depends on the batch size");
  }

  @Test
  void aChoiceByALargeBatchIsRefusedWithItsPlace() {
    exporting(x -> x.size(0) > 8 ? x.exp() : x.neg())
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("Exp in 02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("stands where Neg was traced in 02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("in a batch of 37");
  }

  @Test
  void aDivisorThatStopsGrowingIsRefusedWithItsPlace() {
    exporting(x -> x.div(Math.min(20, x.size(0))))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("Div in 02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("is given 20 in a batch of 37");
  }

  @Test
  void anOperationMoreAtALargeBatchIsRefusedWithItsPlace() {
    exporting(x -> x.size(0) > 8 ? x.neg().mul(2) : x.neg())
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("the number of operations changes at Mul in 02SequentialBlock/");
  }

  /** As the heads of BERT blocks do it. */
  @Test
  void aSqueezedBatchOfOneIsToldOfAndKeptInTheFile() {
    Block head = Fixtures.initialized(
        new SequentialBlock()
            .add(LambdaBlock.singleton(x -> x.get(":,0:1,:").squeeze(), "first"))
            .add(Linear.builder().setUnits(2).build()),
        engine.manager(),
        new Shape(2, 5, 6));
    ExportReport report = OnnxExporter.export(
        head,
        Fixtures.description(List.of(Fixtures.floats("x", 5, 6)), List.of(Output.of("y", 0))),
        folder.resolve("model.onnx"));
    assertThat(report.notes())
        .singleElement()
        .asString()
        .startsWith("at batch 1 the block drops the batch of output y and the file keeps it");
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      assertThat(model
              .run(Map.of("x", Tensor.floats(new float[30], 1, 5, 6)))
              .get("y")
              .shape())
          .containsExactly(1, 2);
    }
  }

  /** A batch of images would take long to compare 37 at a time. */
  @Test
  void largeRowsAreComparedInSmallerBatches() {
    Block mean = new LambdaBlock(list -> new NDList(list.head().flatten(1, 3).mean(new int[] {1})));
    ExportReport report = OnnxExporter.export(
        mean,
        Fixtures.description(List.of(Fixtures.rgb(80, 90)), List.of(Output.of("y", 0))),
        folder.resolve("model.onnx"));
    assertThat(report.parity().batches()).containsExactly(1, 3, 9);
  }

  @Test
  void chanceIsNotBlamedOnTheBatch() {
    Random random = new Random(7);
    exporting(x -> x.mul(random.nextDouble()))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("the block answers otherwise when it runs again on the same rows;"
            + " the first to differ is Mul in 02SequentialBlock/02LambdaBlock (")
        .hasMessageEndingWith(
            "draw chance in training only, and keep nothing from one pass for the" + " next");
  }

  @Test
  void stateIsNotBlamedOnTheBatch() {
    int[] calls = new int[1];
    exporting(x -> x.mul(++calls[0]))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("answers otherwise when it runs again")
        .hasMessageContaining("Mul in 02SequentialBlock/02LambdaBlock (");
  }

  @Test
  void chanceIsFoundWithAFixedBatchToo() {
    Random random = new Random(7);
    exporting(ExportOptions.defaults().withBatch(4), x -> x.mul(random.nextDouble()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("answers otherwise when it runs again");
  }

  /** Stands for an engine that reads a batch wrongly: right row by row, and right in the trace. */
  @Test
  void anEngineThatIsWrongOnBatchesIsNotTakenForTheFile() {
    exporting(x -> Proxy.isProxyClass(x.getClass()) || x.size(0) == 1
            ? x.mul(2)
            : x.mul(2).add(1))
        .isInstanceOf(ParityException.class)
        .hasMessageStartingWith("output y: the block's answers to a batch of 3 rows differ by ")
        .hasMessageContaining("with which the file agrees (")
        .hasMessageContaining("the trainer's engine is wrong on batches, not the file");
  }
}
