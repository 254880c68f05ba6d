package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Networks that name sizes behind strides, with open height and width, judged by DJL in sizes that no trace had. */
final class StridedSizesTest {
  private static final ExportOptions OPEN =
      ExportOptions.defaults().withOpenAxis("height", "x", 2).withOpenAxis("width", "x", 3);

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private ExportReport export(Block block) {
    return OnnxExporter.export(
        block,
        Fixtures.description(List.of(Fixtures.floats("x", 4, 32, 64)), List.of(Output.of("y", 0))),
        folder.resolve("open.onnx"),
        OPEN,
        ParityRows.random(6));
  }

  private void agreesAt(Block block, int[]... sizes) {
    ExportReport report = export(block);
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      for (int[] size : sizes) {
        agrees(block, model, size[0], size[1]);
      }
    }
  }

  private void agrees(Block block, Model model, int height, int width) {
    Random random = new Random(height);
    float[] values = new float[2 * 4 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Tensor y =
        model.run(Map.of("x", Tensor.floats(values, 2, 4, height, width))).get("y");
    try (NDManager manager = engine.manager().newSubManager()) {
      NDArray x = manager.create(values, new Shape(2, 4, height, width));
      NDArray wanted = block
          .forward(new ParameterStore(manager, false), new NDList(x), false)
          .head();
      assertThat(y.shape()).containsExactly(wanted.getShape().getShape());
      assertThat(y.floats()).containsExactly(wanted.toFloatArray(), within(2e-4f));
    }
  }

  private static Block halving(int filters) {
    return Networks.convolution(filters, 3, 2, 1);
  }

  private Block initialized(Block block) {
    return Fixtures.initialized(block, engine.manager(), new Shape(1, 4, 32, 64));
  }

  private Block behindStrides(UnaryOperator<NDArray> lambda) {
    return initialized(new SequentialBlock()
        .add(halving(8))
        .add(Activation.reluBlock())
        .add(halving(8))
        .add(LambdaBlock.singleton(lambda, "sized")));
  }

  /** Zhang et al. 2018: channels are shuffled by a reshape that names every size. */
  @Test
  void channelsAreShuffledBehindStrides() {
    agreesAt(
        behindStrides(x -> {
          long[] size = x.getShape().getShape();
          return x.reshape(size[0], 2, size[1] / 2, size[2], size[3])
              .transpose(0, 2, 1, 3, 4)
              .reshape(size[0], size[1], size[2], size[3]);
        }),
        new int[] {33, 50},
        new int[] {97, 41});
  }

  @Test
  void tokensAreMadeOfAFeatureMap() {
    agreesAt(
        behindStrides(x -> {
          long[] size = x.getShape().getShape();
          NDArray tokens = x.reshape(size[0], size[1], size[2] * size[3]).transpose(0, 2, 1);
          return tokens.softmax(1).div(size[2] * size[3]);
        }),
        new int[] {33, 50},
        new int[] {97, 41});
  }

  private static Block enlarging() {
    return new LambdaBlock(
        list -> {
          NDArray small = list.get(0);
          NDArray large = list.get(1);
          long[] size = {large.getShape().get(2), large.getShape().get(3)};
          NDArray up = small.getNDArrayInternal().interpolation(size, 0, false);
          return new NDList(NDArrays.concat(new NDList(up, large), 1));
        },
        "enlarging");
  }

  /** A level of a U-Net: down, up to the size of what was skipped, joined with it. */
  private static Block level(Block inner) {
    ParallelBlock both =
        new ParallelBlock(parts -> new NDList(parts.get(0).head(), parts.get(1).head()));
    both.add(new SequentialBlock().add(halving(8)).add(Activation.reluBlock()).add(inner));
    both.add(new SequentialBlock().add(Networks.convolution(8, 3, 1, 1)));
    return new SequentialBlock().add(both).add(enlarging());
  }

  @Test
  void aUNetOfTwoLevelsTakesAnySize() {
    agreesAt(
        initialized(level(level(Networks.convolution(6, 3, 1, 1)))),
        new int[] {33, 50},
        new int[] {97, 41});
  }

  /** Skips fit only where halving leaves no rest: the block itself runs on multiples alone. */
  @Test
  void aUNetThatTakesMultiplesOnlyIsComparedInMultiples() {
    Block doubling = new LambdaBlock(
        list -> {
          NDArray small = list.get(0);
          long[] size = {2 * small.getShape().get(2), 2 * small.getShape().get(3)};
          NDArray up = small.getNDArrayInternal().interpolation(size, 0, false);
          return new NDList(NDArrays.concat(new NDList(up, list.get(1)), 1));
        },
        "doubling");
    ParallelBlock both =
        new ParallelBlock(parts -> new NDList(parts.get(0).head(), parts.get(1).head()));
    both.add(new SequentialBlock().add(halving(8)));
    both.add(new SequentialBlock().add(Networks.convolution(8, 3, 1, 1)));
    Block network = initialized(new SequentialBlock().add(both).add(doubling));
    ExportReport report = export(network);
    assertThat(report.notes()).singleElement().asString().contains("multiples of 32");
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      agrees(network, model, 34, 92);
    }
  }

  @Test
  void whatIsCutToAMultipleOfAnAxisIsRoundedInTheGraph() {
    agreesAt(
        new LambdaBlock(list -> {
          NDArray x = list.head();
          return new NDList(x.get(":,:,0:{},0:{}", x.size(2) / 16 * 16, x.size(3) / 4 * 4 - 1));
        }),
        new int[] {33, 50},
        new int[] {97, 41},
        new int[] {16, 31});
  }

  @Test
  void whatIsPaddedToAMultipleIsRoundedInTheGraph() {
    agreesAt(
        new LambdaBlock(list -> {
          NDArray x = list.head();
          long down = (x.size(2) + 7) / 8 * 8 - x.size(2);
          long right = (x.size(3) + 7) / 8 * 8 - x.size(3);
          return new NDList(x.pad(new Shape(0, right, 0, down), 0));
        }),
        new int[] {33, 50},
        new int[] {97, 41});
  }

  @Test
  void aSizeThatFollowsNoRuleIsRefusedWithItsPlace() {
    Block rooted = new LambdaBlock(list -> new NDList(list.head()
        .get(":,:,0:{}", (long) Math.sqrt(1000d * list.head().size(2)))));
    assertThatThrownBy(() -> export(rooted))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("a size given to Slice in the block itself (")
        .hasMessageContaining("depends on the height");
  }
}
