package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lapidary.models.Input;
import lapidary.models.ModelDescription;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How a block finds its inputs. */
final class InputsTest {
  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  @Test
  void inputsHaveTheNamesOfTheSignature() {
    Block byName = new LambdaBlock(list -> new NDList(list.get("right").sub(list.get("left"))));
    List<Input> inputs = List.of(Fixtures.floats("left", 3), Fixtures.floats("right", 3));
    Path file = folder.resolve("model.onnx");
    OnnxExporter.export(byName, ModelDescription.custom("by name", inputs, "y"), file);
    try (Model model = Model.open(file, Device.cpu(1))) {
      Map<String, Tensor> answers = model.run(Map.of(
          "left", Tensor.floats(new float[] {1, 2, 3}, 1, 3),
          "right", Tensor.floats(new float[] {5, 5, 5}, 1, 3)));
      assertThat(Objects.requireNonNull(answers.get("y")).floats()).containsExactly(4, 3, 2);
    }
  }

  /** Anchors have no batch: the file has them as a batch of one, which a block around the network drops. */
  @Test
  void anInputWithoutABatchGoesInAsABatchOfOne() {
    Block network = new LambdaBlock(list -> {
      NDArray boxes = list.get(0);
      NDArray anchors = list.get(1);
      return new NDList(boxes.matMul(anchors));
    });
    Block around = new LambdaBlock(
        list -> network.forward(null, new NDList(list.get(0), list.get(1).squeeze(0)), false));
    List<Input> inputs = List.of(Fixtures.floats("boxes", 5), Fixtures.floats("anchors", 5, 2));
    Path file = folder.resolve("model.onnx");
    ExportReport report = OnnxExporter.export(
        around,
        ModelDescription.custom("anchored", inputs, "y"),
        file,
        ExportOptions.defaults().withBatch(1),
        ParityRows.random(2));
    assertThat(report.parity().holds()).isTrue();
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(model.inputs())
          .extracting(info -> info.shape())
          .containsExactly(List.of(1L, 5L), List.of(1L, 5L, 2L));
    }
  }
}
