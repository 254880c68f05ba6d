package lapidary.search.inference;

import java.util.List;
import lapidary.runtime.TensorInfo;

/**
 * An input or output of a model.
 *
 * @param name the tensor's name
 * @param datatype of its values; {@code INVALID} for what cannot be handed over
 * @param shape the dimensions; −1 is one that is free
 */
public record TensorMetadata(String name, String datatype, List<Long> shape) {
  /** Copies the shape. */
  public TensorMetadata {
    shape = List.copyOf(shape);
  }

  static TensorMetadata of(TensorInfo info) {
    return new TensorMetadata(
        info.name(),
        Datatype.of(info.type()).map(Enum::name).orElse("INVALID"),
        info.shape().stream().map(dimension -> dimension < 0 ? -1 : dimension).toList());
  }

  /** For sentences, such as {@code FP32 [-1, 784]}. */
  String described() {
    return datatype + " " + shape;
  }
}
