package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lapidary.exporter.graph.ExportException;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that leave more open than the batch, judged by DJL in sizes that no trace had. */
final class OpenAxesTest {
  private static final ExportOptions DEFAULTS = ExportOptions.defaults();

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private Path export(Block block, List<Input> inputs, ExportOptions options) {
    Path file = folder.resolve("open.onnx");
    OnnxExporter.export(
        block,
        Fixtures.description(inputs, List.of(Output.of("y", 0))),
        file,
        options,
        ParityRows.random(6));
    return file;
  }

  /** Layers over each step of a sequence, the mean of the steps, and how many steps there are. */
  private Block overSteps() {
    Block network = new SequentialBlock()
        .add(Linear.builder().setUnits(5).build())
        .add(LambdaBlock.singleton(
            x -> x.softmax(1).mean(new int[] {1}).mul(x.size(1)), "meanOfSteps"));
    return Fixtures.initialized(network, engine.manager(), new Shape(1, 4, 6));
  }

  private static float[] numbers(int count) {
    float[] values = new float[count];
    Random random = new Random(8);
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private float[] reference(Block block, NDList inputs) {
    return block
        .forward(new ParameterStore(engine.manager(), false), inputs, false)
        .head()
        .toFloatArray();
  }

  private static List<List<Long>> shapes(Model model) {
    return model.inputs().stream().map(TensorInfo::shape).toList();
  }

  @Test
  void oneFileTakesSequencesOfAnyLength() {
    Block network = overSteps();
    Path file = export(
        network, List.of(Fixtures.floats("x", 4, 6)), DEFAULTS.withOpenAxis("length", "x", 1));
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(shapes(model)).containsExactly(List.of(-1L, -1L, 6L));
      for (int length : new int[] {1, 9, 77}) {
        float[] values = numbers(2 * length * 6);
        Shape shape = new Shape(2, length, 6);
        assertThat(model
                .run(Map.of("x", Tensor.floats(values, shape.getShape())))
                .get("y")
                .floats())
            .containsExactly(
                reference(network, new NDList(engine.manager().create(values, shape))),
                within(1e-5f));
      }
    }
  }

  @Test
  void axesOfOneNameGrowTogether() {
    Block both = new LambdaBlock(
        list -> new NDList(list.get(0).add(list.get(1)).sum(new int[] {1})), "both");
    Path file = export(
        both,
        List.of(Fixtures.floats("left", 3, 2), Fixtures.floats("right", 3, 1)),
        DEFAULTS.withBatch(2).withOpenAxis("length", "left", 1).withOpenAxis("length", "right", 1));
    float[] left = numbers(2 * 11 * 2);
    float[] right = Arrays.copyOf(left, 2 * 11);
    NDArray leftArray = engine.manager().create(left, new Shape(2, 11, 2));
    NDArray rightArray = engine.manager().create(right, new Shape(2, 11, 1));
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(shapes(model)).containsExactly(List.of(2L, -1L, 2L), List.of(2L, -1L, 1L));
      Map<String, Tensor> rows =
          Map.of("left", Tensor.floats(left, 2, 11, 2), "right", Tensor.floats(right, 2, 11, 1));
      assertThat(model.run(rows).get("y").floats())
          .containsExactly(reference(both, new NDList(leftArray, rightArray)), within(1e-5f));
    }
  }

  @Test
  void aNetworkThatTakesOneSizeOnlyIsRefused() {
    Block flat = Fixtures.initialized(
        new SequentialBlock()
            .add(LambdaBlock.singleton(x -> x.reshape(x.size(0), 24), "flat"))
            .add(Linear.builder().setUnits(3).build()),
        engine.manager(),
        new Shape(1, 4, 6));
    ExportOptions options = DEFAULTS.withOpenAxis("length", "x", 1);
    assertThatThrownBy(() -> export(flat, List.of(Fixtures.floats("x", 4, 6)), options))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("the forward pass fails in 01LambdaBlock (")
        .hasMessageContaining("OpenAxesTest.java:");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLoopOverAnOpenAxisIsRefusedWithTheAxisAndTheRemedy() {
    Block summing = new LambdaBlock(
        list -> {
          NDArray sum = list.head().get(":,0");
          for (int i = 1; i < list.head().size(1); i++) {
            sum = sum.add(list.head().get(":," + i));
          }
          return new NDList(sum);
        },
        "summing");
    ExportOptions options = DEFAULTS.withOpenAxis("length", "x", 1);
    assertThatThrownBy(() -> export(summing, List.of(Fixtures.floats("x", 4, 6)), options))
        .isInstanceOf(ExportException.class)
        .hasMessage("the number of operations depends on the length (11 at batch 2, 11 at batch 3,"
            + " 107 at length 36); use operations on whole arrays instead of loops and choices that"
            + " follow a size, or leave fewer dimensions open");
  }

  @Test
  void axesThatTheInputsDoNotHaveAreRefused() {
    List<Input> inputs = List.of(Fixtures.floats("x", 4, 6), Fixtures.floats("z", 5, 6));
    Block first = new LambdaBlock(list -> new NDList(list.head()), "first");
    assertThatThrownBy(() -> export(first, inputs, DEFAULTS.withOpenAxis("length", "tokens", 1)))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "axis length is one of input tokens, but the inputs are [x, z]; name one of them");
    assertThatThrownBy(() -> export(first, inputs, DEFAULTS.withOpenAxis("length", "x", 3)))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith(
            "axis length cannot be open: dimension 3 of input x has one size only");
    ExportOptions unequal = DEFAULTS.withOpenAxis("length", "x", 1).withOpenAxis("length", "z", 1);
    assertThatThrownBy(() -> export(first, inputs, unequal))
        .isInstanceOf(ExportException.class)
        .hasMessage("axis length is 4 in input x and 5 in input z; describe both inputs with one"
            + " size, or give the axes different names");
  }

  @Test
  void theSizeOfAnImageThatGoesInFlatIsRefused() {
    ImageInput flat = Fixtures.greyFlat(4, 6);
    Block network = Fixtures.initialized(
        Linear.builder().setUnits(3).build(), engine.manager(), new Shape(1, 24));
    assertThatThrownBy(() -> export(network, List.of(flat), DEFAULTS.withOpenSizeOf(flat)))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "axis height cannot be open: dimension 1 of input pixels has one size only or is"
                + " not there; open height (1) or width (2) of an image that the network takes as"
                + " [N, C, H, W], or a dimension of a tensor");
  }

  @Test
  void namesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> DEFAULTS.withOpenAxis("batch", "x", 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "\"batch\" cannot name dimension 1 of input x; give a name that is neither blank"
                + " nor batch");
    assertThatThrownBy(() -> DEFAULTS.withOpenAxis("rows", "x", 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("dimension 0 of input x cannot be named; give 1 or more, since 0 is the batch");
    ExportOptions once = DEFAULTS.withOpenAxis("length", "x", 1);
    assertThatThrownBy(() -> once.withOpenAxis("steps", "x", 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("dimension 1 of input x has two names; give one");
  }
}
