package lapidary.exporter.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import lapidary.exporter.DrawnRows;
import lapidary.models.TensorInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Ten networks of papers, at batch 1, 3 and 8 and, where a size is open, at two of it beside the signature's. */
class StrangersTest {
  private static final int[] BATCHES = {1, 3, 8};

  @TempDir
  private Path folder;

  private final Random random = new Random(5);

  @TestFactory
  Stream<DynamicTest> networksOfPapersAnswerAsInDjl() {
    return Strangers.all().stream()
        .map(stranger -> DynamicTest.dynamicTest(stranger.name(), () -> agrees(stranger)));
  }

  private void agrees(Stranger stranger) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = stranger.initialized(manager);
      Path file = folder.resolve("network.onnx");
      stranger.export(block, file);
      try (Model model = Model.open(file, Device.cpu(1))) {
        for (int batch : BATCHES) {
          for (List<TensorInput> inputs : stranger.sizes()) {
            assertAgrees(block, model, inputs, batch, manager);
          }
        }
      }
    }
  }

  private void assertAgrees(
      Block block, Model model, List<TensorInput> inputs, int batch, NDManager manager) {
    DrawnRows rows = DrawnRows.of(inputs, batch, Stranger::bound, random, manager);
    NDList wanted = rows.answers(block, manager);
    Map<String, Tensor> answers = model.run(rows.feed());
    for (int i = 0; i < wanted.size(); i++) {
      Tensor answer = Objects.requireNonNull(answers.get("y" + i));
      assertThat(answer.shape()).isEqualTo(wanted.get(i).getShape().getShape());
      assertThat(difference(answer.floats(), wanted.get(i).toFloatArray()))
          .as("output %s of %s at batch %s", i, inputs.get(0).shape(), batch)
          .isLessThanOrEqualTo(Stranger.ROUNDING);
    }
  }

  /** max |a − b| over max |b|, or over 1 where that is smaller: what cancels out has no digits of its own. */
  private static double difference(float[] given, float[] wanted) {
    double difference = 0;
    double scale = 1;
    for (int i = 0; i < wanted.length; i++) {
      difference = Math.max(difference, Math.abs((double) given[i] - wanted[i]));
      scale = Math.max(scale, Math.abs(wanted[i]));
    }
    return difference / scale;
  }
}
