package lapidary.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.ElementType;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;

/** Runs a freshly opened model on zeros, free dimensions taken as 1. Stateless. */
public final class WarmUp {
  /** Values of all inputs together. A file's dimensions cost nothing to write and everything to fill. */
  public static final long MAX_VALUES = 64L << 20;

  private WarmUp() {}

  /** @throws InvalidInputException if the inputs have more values than {@link #MAX_VALUES} */
  static void run(Model model, int runs) {
    if (runs == 0) {
      return;
    }
    requireBounded(model);
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    for (TensorInfo input : model.inputs()) {
      zeros.put(input.name(), zeros(input));
    }
    for (int i = 0; i < runs; i++) {
      model.run(zeros);
    }
  }

  /**
   * A row of zeros for each input, with a first dimension of 1. Not API: for {@code lapidary.runtime.serving}.
   *
   * @param images the size of images, for an input that leaves height and width open
   * @param rows how many of them will be run together
   * @return empty if another dimension than the first is open, or these rows have more values than {@link #MAX_VALUES}
   */
  public static Optional<Map<String, Tensor>> row(
      List<TensorInfo> inputs, Optional<ImageInput.Size> images, int rows) {
    Map<String, Tensor> row = new LinkedHashMap<>();
    double values = 0;
    for (TensorInfo input : inputs) {
      TensorInfo sized =
          images.filter(size -> isImage(input)).map(size -> sized(input, size)).orElse(input);
      values += sized.values() * rows;
      boolean open = sized.shape().stream().skip(1).anyMatch(d -> d < 0);
      if (open || values > MAX_VALUES) {
        return Optional.empty();
      }
      row.put(sized.name(), zeros(sized));
    }
    return Optional.of(row);
  }

  private static boolean isImage(TensorInfo input) {
    return input.type() == ElementType.UINT8 && input.shape().size() == 4;
  }

  private static TensorInfo sized(TensorInfo input, ImageInput.Size size) {
    List<Long> shape = List.of(
        input.shape().get(0), (long) size.height(), (long) size.width(), (long) size.channels());
    return new TensorInfo(input.name(), input.type(), shape);
  }

  private static void requireBounded(Model model) {
    double values = 0;
    for (TensorInfo input : model.inputs()) {
      values += input.values();
      if (values > MAX_VALUES) {
        throw new InvalidInputException(model.file() + " cannot be warmed up: input \""
            + input.name() + "\" is " + input.described() + ", more than " + MAX_VALUES
            + " values of all inputs together; open it without warm-up runs");
      }
    }
  }

  private static Tensor zeros(TensorInfo info) {
    long[] shape = info.shape().stream().mapToLong(d -> d < 0 ? 1 : d).toArray();
    return Tensor.owning(info.type(), Values.zeros(info.type(), (int) info.values()), shape);
  }
}
