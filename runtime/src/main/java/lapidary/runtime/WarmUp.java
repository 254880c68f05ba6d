package lapidary.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import lapidary.models.ElementType;

/** Runs a freshly opened model on zeros, free dimensions taken as 1. Stateless. */
final class WarmUp {
  private WarmUp() {}

  static void run(Model model, int runs) {
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    for (TensorInfo input : model.inputs()) {
      zeros.put(input.name(), zeros(input));
    }
    for (int i = 0; i < runs; i++) {
      model.run(zeros);
    }
  }

  private static Tensor zeros(TensorInfo info) {
    long[] shape = info.shape().stream().mapToLong(d -> d < 0 ? 1 : d).toArray();
    int size = 1;
    for (long dimension : shape) {
      size = Math.multiplyExact(size, Math.toIntExact(dimension));
    }
    return Tensor.owning(info.type(), values(info.type(), size), shape);
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
