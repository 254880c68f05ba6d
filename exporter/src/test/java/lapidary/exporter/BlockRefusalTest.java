package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParameterList;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.exporter.graph.ExportException;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.runtime.Tensor;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Blocks, weights and answers that no file can hold are refused in a sentence, and rows can be given. */
final class BlockRefusalTest {
  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private void export(Block block, Output output, ParityRows rows) {
    OnnxExporter.export(
        block,
        Fixtures.description(List.of(Fixtures.floats("x", 10)), List.of(output)),
        folder.resolve("model.onnx"),
        ExportOptions.defaults(),
        rows);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> exporting(Block block) {
    return assertThatThrownBy(() -> export(block, Output.of("y", 0), ParityRows.random(1)))
        .isInstanceOf(ExportException.class);
  }

  /** As TorchScript programs are to DJL. */
  private static final class Program extends AbstractSymbolBlock {
    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> others) {
      return inputs;
    }

    @Override
    public ParameterList getDirectParameters() {
      return new ParameterList();
    }
  }

  @Test
  void aProgramOfTheEngineIsNamed() {
    exporting(new SequentialBlock().add(new SequentialBlock().add(new Program())))
        .hasMessageStartingWith("01SequentialBlock/01Program is a SymbolBlock, a program of the"
            + " engine (such as TorchScript) whose operations Java does not see");
  }

  @Test
  void absentAnswersAreNamed() {
    exporting(new LambdaBlock(list -> {
          NDList none = new NDList();
          none.add(null);
          return none;
        }))
        .hasMessageStartingWith("output 0 of the block is null");
    exporting(new LambdaBlock(list -> null))
        .hasMessageStartingWith("the block's forward returns null");
  }

  @Test
  void aSingleNumberIsAnAnswerButNotScores() {
    Block sum = new LambdaBlock(list -> new NDList(list.head().sum()));
    export(sum, Output.of(Output.LOGITS, 0), ParityRows.random(1));
    assertThatThrownBy(
            () -> export(sum, Output.softmax(Output.PROBABILITIES, 0), ParityRows.random(1)))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("output probabilities is a softmax of a single number");
  }

  @Test
  void closedWeightsAreNamed() {
    Linear linear = Fixtures.initialized(
        Linear.builder().setUnits(3).build(), engine.manager(), new Shape(1, 10));
    linear.getParameters().get("weight").getArray().close();
    exporting(linear).hasMessageStartingWith("parameter weight is closed; export before");
  }

  /** A view of one number, so that the test needs no such memory. */
  @Test
  void anArrayOfTwoGigabytesIsNamed() {
    NDArray large = engine.manager().zeros(new Shape(1, 1)).broadcast(new Shape(600_000_000, 1));
    exporting(new LambdaBlock(list -> {
          NDArray ids = list.head().argMax(1);
          return ids.getNDArrayInternal().embedding(ids, large, SparseFormat.DENSE);
        }))
        .hasMessageStartingWith("a constant of shape (600000000, 1) takes 2400000000 bytes, and one"
            + " tensor of a file holds at most 2147483647");
  }

  @Test
  void whatTheRuntimeDoesNotHaveIsNamedWithItsPlace() {
    exporting(Fixtures.nested(x -> x.toType(DataType.FLOAT64, false).sinh(), engine.manager()))
        .hasMessageStartingWith(
            "ONNX Runtime does not take the graph at 02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("BlockRefusalTest.java:")
        .hasMessageContaining("Could not find an implementation for Sinh")
        .hasMessageNotContaining(folder.toString());
  }

  /** Ids from 1 on: those that are drawn, 0 among them, are not in the table. */
  @Test
  void rowsOfTensorsCanBeGiven() {
    Block table = Fixtures.initialized(
        new SequentialBlock()
            .add(LambdaBlock.singleton(ids -> ids.sub(1), "fromOne"))
            .add(new Networks.Vectors(5, 3)),
        engine.manager(),
        new Shape(1, 4));
    Path file = folder.resolve("ids.onnx");
    ParityRows given =
        ParityRows.tensors(Map.of("ids", Tensor.longs(new long[] {1, 5, 2, 3, 4, 4, 1, 2}, 2, 4)));
    ExportReport report = OnnxExporter.export(
        table,
        Fixtures.description(List.of(Fixtures.ids("ids", 4)), List.of(Output.of("y", 0))),
        file,
        ExportOptions.defaults().withOpenAxis("length", "ids", 1),
        given);
    assertThat(report.parity().rows()).isEqualTo("validation");
    assertThat(report.parity().holds()).isTrue();
  }

  @Test
  void givenRowsOfAnotherInputAreRefused() {
    ParityRows other = ParityRows.tensors(Map.of("z", Tensor.floats(new float[10], 1, 10)));
    assertThatThrownBy(() -> export(new LambdaBlock(list -> list), Output.of("y", 0), other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("rows of tensors [z] do not fill input x; give a tensor for every input, or use"
            + " random rows");
    ParityRows flat = ParityRows.tensors(Map.of("x", Tensor.floats(new float[8], 1, 8)));
    assertThatThrownBy(() -> export(new LambdaBlock(list -> list), Output.of("y", 0), flat))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the rows given for input x are [8], not [10]; give rows of the signature's"
            + " shape");
  }
}
