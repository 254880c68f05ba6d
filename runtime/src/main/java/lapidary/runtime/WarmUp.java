package lapidary.runtime;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;

/** Runs a freshly opened model on zeros. Stateless. */
public final class WarmUp {
  /** Values of all inputs together. A file's dimensions cost nothing to write and everything to fill. */
  public static final long MAX_VALUES = 64L << 20;

  /** The second run of a shape takes other memory than the first, if ONNX Runtime plans by shape. */
  private static final int RUNS_OF_SERVED = 2;

  /** Times that open dimensions are halved on the way up to a shape that may be too large. */
  private static final int MAX_HALVINGS = 12;

  private WarmUp() {}

  /**
   * Runs every shape that will be served, the smallest first, or the smallest possible one if none is named.
   *
   * @throws InvalidInputException if the inputs have more values than {@link #MAX_VALUES}, or need more memory than is allowed
   */
  static void all(Model model, ModelOptions options, MemoryWatch memory) {
    String source = model.file().toString();
    List<String> outputs = model.outputs().stream()
        .filter(TensorInfo::readable)
        .map(TensorInfo::name)
        .toList();
    if (outputs.isEmpty() || (options.served().isEmpty() && options.warmUpRuns() == 0)) {
      return;
    }
    List<InputShapes> shapes = shapes(model, options, source);
    // All are looked at before the first is run.
    shapes.forEach(shape -> shape.requireBounded(source));
    int runs = options.served().isEmpty()
        ? options.warmUpRuns()
        : Math.max(RUNS_OF_SERVED, options.warmUpRuns());
    for (InputShapes shape : shapes) {
      if (memory.limited()) {
        climb(model, shape, outputs, memory);
      }
      memory.requireRoom(shape);
      run(model, shape.zeros(source), outputs, runs);
      memory.ran(shape);
    }
  }

  private static void run(Model model, Map<String, Tensor> zeros, List<String> outputs, int runs) {
    for (int i = 0; i < runs; i++) {
      model.run(zeros, outputs);
    }
  }

  /**
   * A row of zeros for each input, with a first dimension of 1. Not API: for {@code lapidary.runtime.serving}.
   *
   * @param images the size of images, for an input that leaves height and width open
   * @param rows how many of them will be run together
   * @return empty if another dimension than the first is open, an input cannot be given, or these rows have more values than
   *     {@link #MAX_VALUES}
   */
  public static Optional<Map<String, Tensor>> row(
      List<TensorInfo> inputs, Optional<ImageInput.Size> images, int rows) {
    Map<String, Tensor> row = new LinkedHashMap<>();
    double values = 0;
    for (TensorInfo input : inputs) {
      TensorInfo sized = images
          .filter(size -> InputShapes.isImage(input))
          .map(size -> sized(input, size))
          .orElse(input);
      values += sized.values() * rows;
      boolean open = sized.shape().stream().skip(1).anyMatch(d -> d < 0);
      if (open || values > MAX_VALUES || !sized.readable()) {
        return Optional.empty();
      }
      long[] shape = sized.shape().stream().mapToLong(d -> d < 0 ? 1 : d).toArray();
      row.put(sized.name(), Tensor.zeros(sized.type(), shape));
    }
    return Optional.of(row);
  }

  private static List<InputShapes> shapes(Model model, ModelOptions options, String source) {
    if (options.served().isEmpty()) {
      return List.of(InputShapes.smallest(model.inputs()));
    }
    Optional<ImageInput.Size> images = model
        .description()
        .flatMap(description -> description.signature().image())
        .map(ImageInput::size);
    return options.served().stream()
        .map(served -> InputShapes.of(model.inputs(), served, images, source))
        .sorted(Comparator.comparingDouble(InputShapes::values))
        .toList();
  }

  /** Runs smaller shapes first, so that a shape that needs too much is known before it is tried. */
  private static void climb(
      Model model, InputShapes shape, List<String> outputs, MemoryWatch memory) {
    for (int times = MAX_HALVINGS; times > 0; times--) {
      InputShapes smaller = shape.halved(model.inputs(), times);
      if (smaller.values() > memory.largest() && smaller.values() < shape.values()) {
        memory.requireRoom(smaller);
        try {
          run(model, smaller.zeros(model.file().toString()), outputs, RUNS_OF_SERVED);
        } catch (InvalidInputException e) {
          // Not every network takes every size; the next one is larger.
          continue;
        }
        memory.ran(smaller);
      }
    }
  }

  private static TensorInfo sized(TensorInfo input, ImageInput.Size size) {
    return InputShapes.sized(
        input, List.of(input.shape().get(0), (long) size.height(), (long) size.width(), (long)
            size.channels()));
  }
}
