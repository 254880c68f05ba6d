package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import lapidary.exporter.trace.Trace;
import lapidary.exporter.trace.Tracer;
import lapidary.exporter.trace.Value;
import lapidary.exporter.trace.operators.OperatorTable;
import org.junit.jupiter.api.Test;

/** An outline is a trace without the numbers that follow from inputs. */
class OutlineTest {
  private static List<String> shapes(Trace trace) {
    return trace.nodes().stream()
        .map(node -> node.operator()
            + node.results().stream()
                .map(result -> result.type() + " " + result.shape())
                .toList())
        .toList();
  }

  private static Tracer tracer(Block block) {
    return new Tracer(block, new OperatorTable(), 17, place -> true);
  }

  private static void requireOneOutline(Block block, NDManager manager, NDArray input) {
    Tracer tracer = tracer(block);
    Trace trace = tracer.trace(new NDList(input), manager);
    assertThat(shapes(tracer.outline(new NDList(input), manager))).isEqualTo(shapes(trace));
  }

  @Test
  void itHasTheOperationsAndShapesOfATrace() {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.getEngine().setRandomSeed(3);
      Block network = Fixtures.initialized(Networks.resnet(4), manager, new Shape(1, 3, 48, 40));
      requireOneOutline(network, manager, manager.randomNormal(new Shape(2, 3, 48, 40)));
      requireOneOutline(network, manager, manager.randomNormal(new Shape(5, 3, 33, 65)));
    }
  }

  @Test
  void convolutionsOfInputsAreNotComputed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.ones(new Shape(1, 1, 2, 2));
      Block network =
          LambdaBlock.singleton(image -> Conv2d.conv2d(image, weight).head());
      NDArray input = manager.ones(new Shape(1, 1, 3, 3));
      network.initialize(manager, input.getDataType(), input.getShape());
      Tracer tracer = tracer(network);
      assertThat(answer(tracer.trace(new NDList(input), manager))).containsOnly(4);
      assertThat(answer(tracer.outline(new NDList(input), manager))).containsOnly(0);
    }
  }

  private static float[] answer(Trace trace) {
    NDArray array = ((Value.Result) trace.outputs().get(0)).array();
    return array == null ? new float[0] : array.toFloatArray();
  }
}
