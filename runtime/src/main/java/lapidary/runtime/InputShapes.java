package lapidary.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lapidary.models.ElementType;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;

/**
 * Inputs without open dimensions.
 *
 * @param inputs by the order of the file
 */
record InputShapes(List<TensorInfo> inputs) {
  /** Networks that shrink an image five times take none smaller. */
  private static final long SMALLEST_IMAGE = 32;

  InputShapes {
    inputs = List.copyOf(inputs);
  }

  /** Open dimensions taken as 1. */
  static InputShapes smallest(List<TensorInfo> described) {
    return new InputShapes(described.stream()
        .map(input ->
            sized(input, input.shape().stream().map(d -> d < 0 ? 1 : d).toList()))
        .toList());
  }

  /**
   * The inputs of a served shape.
   *
   * @param images the size of images where the served shape names none
   * @param source the model's name for errors
   * @throws InvalidInputException if a dimension stays open, or the shape does not fit
   */
  static InputShapes of(
      List<TensorInfo> described,
      ServedShape served,
      Optional<ImageInput.Size> images,
      String source) {
    for (String name : served.inputs().keySet()) {
      if (described.stream().noneMatch(input -> input.name().equals(name))) {
        throw new InvalidInputException(source + ": unknown input \"" + name
            + "\" among the served shapes, expected some of "
            + described.stream().map(TensorInfo::name).toList());
      }
    }
    List<TensorInfo> inputs = new ArrayList<>();
    for (TensorInfo input : described) {
      List<Long> shape = Optional.ofNullable(served.inputs().get(input.name()))
          .orElseGet(() -> shape(input, served, images));
      inputs.add(requireFit(input, shape, source));
    }
    return new InputShapes(inputs);
  }

  /**
   * The same with open dimensions halved so many times, images not below 32 pixels.
   *
   * @param described the inputs with their open dimensions
   */
  InputShapes halved(List<TensorInfo> described, int times) {
    List<TensorInfo> smaller = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorInfo input = inputs.get(i);
      List<Long> shape = new ArrayList<>(input.shape());
      for (int axis = 0; axis < shape.size(); axis++) {
        if (described.get(i).shape().get(axis) < 0) {
          long least = isImage(input) && axis > 0 ? SMALLEST_IMAGE : 1;
          long size = shape.get(axis);
          shape.set(axis, Math.max(Math.min(size, least), size >> times));
        }
      }
      smaller.add(sized(input, shape));
    }
    return new InputShapes(smaller);
  }

  /** Values of all inputs together. A file may write any dimension, so they need not fit a {@code long}. */
  double values() {
    return inputs.stream().mapToDouble(TensorInfo::values).sum();
  }

  /** Sees that zeros for these inputs are bounded. */
  void requireBounded(String source) {
    double values = 0;
    for (TensorInfo input : inputs) {
      values += input.values();
      if (values > WarmUp.MAX_VALUES) {
        throw new InvalidInputException(
            source + " cannot be warmed up: input \"" + input.name()
                + "\" is " + input.described() + ", more than " + WarmUp.MAX_VALUES
                + " values of all inputs together; open it without warm-up runs, or serve less at once");
      }
    }
  }

  Map<String, Tensor> zeros(String source) {
    requireBounded(source);
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    for (TensorInfo input : inputs) {
      if (!input.readable()) {
        throw input.unreadable(source, "input");
      }
      long[] shape = input.shape().stream().mapToLong(d -> d).toArray();
      zeros.put(input.name(), Tensor.zeros(input.type(), shape));
    }
    return zeros;
  }

  /** Such as {@code pixels uint8 [8, 512, 512, 3]}. */
  String described() {
    return inputs.stream()
        .map(input -> input.name() + " " + input.described())
        .collect(Collectors.joining(", "));
  }

  static boolean isImage(TensorInfo input) {
    return input.type() == ElementType.UINT8 && input.shape().size() == 4;
  }

  /** Whether it takes images whose height or width is open. */
  static boolean comesInManySizes(TensorInfo input) {
    return isImage(input) && input.shape().subList(1, 3).contains(-1L);
  }

  static TensorInfo sized(TensorInfo input, List<Long> shape) {
    return new TensorInfo(input.name(), input.type(), input.kind(), shape);
  }

  private static List<Long> shape(
      TensorInfo input, ServedShape served, Optional<ImageInput.Size> images) {
    List<Long> shape = new ArrayList<>(input.shape());
    if (!shape.isEmpty() && shape.get(0) < 0) {
      shape.set(0, (long) served.rows());
    }
    if (isImage(input)) {
      Optional<Long> height = served
          .image()
          .map(image -> (long) image.height())
          .or(() -> images.map(size -> (long) size.height()));
      Optional<Long> width = served
          .image()
          .map(image -> (long) image.width())
          .or(() -> images.map(size -> (long) size.width()));
      height.filter(size -> shape.get(1) < 0).ifPresent(size -> shape.set(1, size));
      width.filter(size -> shape.get(2) < 0).ifPresent(size -> shape.set(2, size));
    }
    return shape;
  }

  private static TensorInfo requireFit(TensorInfo input, List<Long> shape, String source) {
    TensorInfo sized = sized(input, shape);
    if (shape.stream().anyMatch(d -> d < 0)) {
      throw new InvalidInputException(source + ": input \"" + input.name() + "\" is "
          + sized.described()
          + " among the served shapes, with a dimension still open; say how large"
          + " it will be, by ServedShape.images or withInput");
    }
    if (!input.accepts(shape.stream().mapToLong(d -> d).toArray())) {
      throw new InvalidInputException(source + ": input \"" + input.name() + "\" is "
          + input.described() + ", which the served " + sized.described() + " does not fit");
    }
    return sized;
  }
}
