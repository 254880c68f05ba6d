package lapidary.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;

/** Runs a freshly opened model on zeros, free dimensions taken as 1. Stateless. */
final class WarmUp {
  /** Values of all inputs together. A file's dimensions cost nothing to write and everything to fill. */
  static final long MAX_VALUES = 64L << 20;

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
    return Tensor.owning(info.type(), values(info.type(), (int) info.values()), shape);
  }

  private static Object values(ElementType type, int size) {
    return switch (type) {
      case FLOAT32, FLOAT16 -> new float[size];
      case UINT8 -> new byte[size];
      case INT32 -> new int[size];
      case INT64 -> new long[size];
      case BOOL -> new boolean[size];
      case STRING -> java.util.Collections.nCopies(size, "").toArray(String[]::new);
    };
  }
}
