package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import lapidary.exporter.graph.ExportException;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be exported says which block, which operation, which line and what to do, and leaves nothing behind. */
class RefusalTest {
  private static final ModelDescription DESCRIPTION =
      Fixtures.description(List.of(Fixtures.floats("x", 10)), List.of(Output.of("y", 0)));

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private Block nested(UnaryOperator<NDArray> lambda) {
    return Fixtures.nested(lambda, engine.manager());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> exporting(Block block) {
    return assertThatThrownBy(
        () -> OnnxExporter.export(block, DESCRIPTION, folder.resolve("model.onnx")));
  }

  @Test
  void unknownOperationNamesBlockOperationLineAndRemedy() {
    exporting(nested(x -> x.toSparse(SparseFormat.COO)))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching("NDArray.toSparse\\(SparseFormat\\) has no ONNX translation in"
            + " 02SequentialBlock/02LambdaBlock \\(.*RefusalTest.*RefusalTest.java:\\d+\\)\\);"
            + " replace it by other NDArray operations, or say its ONNX nodes with"
            + " ExportOptions.withOperator");
  }

  @Test
  void whateverTheMemoryHoldsIsRefused() {
    exporting(nested(x -> x.add(x.like())))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching("NDArray.like\\(\\) has no ONNX translation in"
            + " 02SequentialBlock/02LambdaBlock \\(.*RefusalTest.*RefusalTest.java:\\d+\\)\\);"
            + " its numbers are whatever the memory holds; use zerosLike or onesLike");
  }

  @Test
  void arithmeticOfComplexNumbersIsRefused() {
    exporting(nested(x -> x.fft(3).mul(2).real()))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching("NDArray.mul\\(Number\\) of complex numbers has no ONNX translation in"
            + " 02SequentialBlock/02LambdaBlock \\(.*RefusalTest.*RefusalTest.java:\\d+\\)\\);"
            + " take them apart with real\\(\\), whose last axis holds real and imaginary parts");
  }

  @Test
  void complexNumbersGivenToRealOnesAreRefused() {
    exporting(nested(x -> x.mul(x.fft(3)).real()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("NDArray.mul(NDArray) of complex numbers has no ONNX translation")
        .hasMessageContaining("02SequentialBlock/02LambdaBlock (");
  }

  @Test
  void complexOutputsAreRefused() {
    exporting(nested(x -> x.fft(3)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("complex");
  }

  @Test
  void readingAValueIsRefused() {
    exporting(nested(x -> x.sum().getFloat() > 0 ? x : x.neg()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("the numbers of a traced array are read")
        .hasMessageContaining("02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("use NDArray operations such as where");
  }

  @Test
  void aConstantMayBeRead() {
    NDArray five = engine.manager().create(5f);
    Block block = nested(x -> x.mul(x.getManager().create(2f).getFloat() + five.getFloat()));
    Path file = folder.resolve("model.onnx");
    assertThat(OnnxExporter.export(block, DESCRIPTION, file).parity().holds()).isTrue();
    assertThat(file.toFile().delete()).isTrue();
  }

  @Test
  void anArrayFromOutsideIsAConstant() {
    NDArray outside = engine.manager().create(new float[] {1, 2, 3});
    Block block = nested(x -> x.sub(outside));
    Path file = folder.resolve("model.onnx");
    assertThat(OnnxExporter.export(block, DESCRIPTION, file).parity().holds()).isTrue();
    assertThat(file.toFile().delete()).isTrue();
  }

  @Test
  void anArrayFromOutsideAsReceiverIsNamed() {
    NDArray outside = engine.manager().create(new float[] {1, 2, 3});
    exporting(nested(x -> outside.sub(x)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining(
            "NDArray.sub of an array from outside the trace is given a traced array")
        .hasMessageContaining("02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("start from the traced array");
  }

  @Test
  void loopsOverTheBatchAreRefused() {
    exporting(nested(x -> {
          NDArray sum = x.get(0);
          for (int i = 1; i < x.size(0); i++) {
            sum = sum.add(x.get(i));
          }
          return sum;
        }))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching("the number of operations depends on the batch size \\(\\d+ at batch 2,"
            + " \\d+ at batch 3\\); use operations on whole arrays.*or export with a fixed batch");
  }

  @Test
  void aNumberThatFollowsTheBatchCrookedlyIsRefused() {
    exporting(nested(x -> x.div(Math.sqrt((double) x.size(0)))))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("given to Div in 02SequentialBlock/02LambdaBlock")
        .hasMessageContaining("depends on an open size and is not whole");
  }

  @Test
  void aChoiceThatFollowsTheBatchIsRefused() {
    exporting(nested(x -> x.size(0) > 2 ? x.exp() : x.log()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("Log in 02SequentialBlock/02LambdaBlock")
        .hasMessageContaining("depends on the batch size: with another size it is Exp");
  }

  @Test
  void aNumberOfOutputsThatFollowsTheBatchIsRefused() {
    exporting(new LambdaBlock(list -> {
          NDList outputs = new NDList(list.head().neg());
          return list.head().size(0) > 2 ? outputs.addAll(list) : outputs;
        }))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith(
            "the number of outputs depends on the batch size (1 at batch 2, 2 at batch 3); use");
  }

  @Test
  void randomNumbersAreRefused() {
    exporting(nested(x -> x.add(x.getManager().randomNormal(new Shape(3)))))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("NDManager.randomNormal(Shape) draws random numbers")
        .hasMessageContaining("draw them only when training");
  }

  @Test
  void dropoutInTrainingModeIsRefused() {
    exporting(nested(x -> Dropout.dropout(x, 0.5f, true).head()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("dropout is in training mode in 02SequentialBlock/02LambdaBlock");
  }

  @Test
  void changingAViewInPlaceIsRefused() {
    exporting(nested(x -> {
          x.reshape(-1).addi(1);
          return x;
        }))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("NDArray.addi changes an array that shares memory with another")
        .hasMessageContaining("use add instead");
  }

  @Test
  void changingAParameterInPlaceIsRefused() {
    Block block = Fixtures.initialized(new Accumulating(), engine.manager(), new Shape(1, 10));
    exporting(block)
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("NDArray.addi changes a parameter in the block itself");
  }

  @Test
  void aFailingForwardPassKeepsItsCause() {
    exporting(nested(x -> x.size(0) > 1 ? x.reshape(7, 11) : x))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("the forward pass fails in 02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("RefusalTest.java:")
        .hasCauseInstanceOf(RuntimeException.class);
  }

  @Test
  void aBlockWithoutWeightsIsRefused() {
    exporting(Linear.builder().setUnits(3).build())
        .isInstanceOf(ExportException.class)
        .hasMessage("parameter weight has no values yet; initialize the block or load its weights"
            + " before exporting");
  }

  @Test
  void anOutputThatTheBlockDoesNotHaveIsRefused() {
    ModelDescription two = Fixtures.description(
        List.of(Fixtures.floats("x", 10)), List.of(Output.of("y", 0), Output.of("z", 1)));
    assertThatThrownBy(
            () -> OnnxExporter.export(nested(NDArray::neg), two, folder.resolve("model.onnx")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("output z is made of block output 1, but the block has only 1");
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> ExportOptions.defaults().withOpset(16))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("opset 16 cannot be written; give 17 to 21");
    assertThatThrownBy(() -> ExportOptions.defaults().withTolerance(Double.NaN))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ExportOptions.defaults().withBatch(0))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ExportOptions.defaults().withMostInside(3L << 30))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("give 0 to 2080374783");
  }

  @Test
  void aGraphThatTheRuntimeDoesNotTakeIsRefused() {
    exporting(nested(x -> x.toType(DataType.FLOAT64, false).sinh().toType(DataType.FLOAT32, false)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("ONNX Runtime does not take the graph")
        .hasMessageContaining("compute in FLOAT32 and INT64");
  }

  @Test
  void aTargetThatCannotBeWrittenIsRefused() throws Exception {
    assertThatThrownBy(() -> OnnxExporter.export(nested(NDArray::neg), DESCRIPTION, folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot write");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() ->
            OnnxExporter.export(nested(NDArray::neg), DESCRIPTION, file.resolve("model.onnx")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot write");
    Files.delete(file);
  }

  @Test
  void aFailedExportPutsTheChildrenBack() {
    Block block = nested(x -> x.toSparse(SparseFormat.COO));
    List<Block> children = block.getChildren().values();
    exporting(block).isInstanceOf(ExportException.class);
    assertThat(block.getChildren().values()).containsExactlyElementsOf(children);
  }

  /** Adds its input to its own parameter, for good. */
  private static final class Accumulating extends AbstractBlock {
    private final Parameter total;

    Accumulating() {
      total = addParameter(Parameter.builder()
          .setName("total")
          .setType(Parameter.Type.BIAS)
          .optShape(new Shape(10))
          .build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray x = inputs.head();
      return new NDList(store
          .getValue(total, x.getDevice(), training)
          .addi(x.toType(DataType.FLOAT32, false).sum(new int[] {0})));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }
}
