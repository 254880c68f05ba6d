package lapidary.exporter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;

/** The sizes that inputs and outputs of an open file have for images of the size that its description says. Stateless. */
final class DescribedSizes {
  private DescribedSizes() {}

  /** Whether a file leaves the size of a row of the output open that is embedded. */
  static boolean areOpen(Embedder embedder) {
    return embedder.model().outputs().stream()
        .filter(output -> output.name().equals(embedder.output()))
        .map(TensorInfo::shape)
        .anyMatch(shape -> shape.stream().skip(1).anyMatch(size -> size < 0));
  }

  /** The shapes by name, found by a run on black. */
  static Map<String, List<Long>> of(Embedder embedder) {
    Model model = embedder.model();
    Tensor black = black(embedder.input().size(), model.inputs().get(0).shape().get(0));
    Map<String, List<Long>> shapes = new HashMap<>();
    shapes.put(embedder.input().name(), shape(black));
    model
        .run(Map.of(embedder.input().name(), black))
        .forEach((name, answer) -> shapes.put(name, shape(answer)));
    return shapes;
  }

  private static List<Long> shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).boxed().toList();
  }

  private static Tensor black(ImageInput.Size size, long batch) {
    int count = (int) Math.max(1, batch);
    byte[] bytes = new byte[count * size.values()];
    return Tensor.pixels(Pixels.of(count, size.height(), size.width(), size.channels(), bytes));
  }
}
