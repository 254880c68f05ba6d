package lapidary.benchmarks;

import java.util.Arrays;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.ImageInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;

/** Rows for models with one input of bytes or floats. Stateless. */
final class Rows {
  private Rows() {}

  /** Zeros; images of open height and width are as large as the file says. */
  static Map<String, Tensor> zeros(Model model, int count) {
    TensorInfo input = model.inputs().get(0);
    long[] shape = input.shape().stream().mapToLong(d -> d).toArray();
    model
        .description()
        .flatMap(description -> description.signature().image())
        .map(ImageInput::size)
        .ifPresent(size -> {
          shape[1] = size.height();
          shape[2] = size.width();
        });
    shape[0] = count;
    int values = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Tensor tensor = input.type() == ElementType.UINT8
        ? Tensor.uint8(new byte[values], shape)
        : Tensor.floats(new float[values], shape);
    return Map.of(input.name(), tensor);
  }
}
