package lapidary.runtime.operators;

import java.util.List;

/** Multiplications of a node, for those that have more of them than values; open sizes count as 1. Stateless. */
final class Work {
  /** Of all nodes together, 2^37: some seconds on one core. A constant part of a graph is computed when the file is opened. */
  static final double MOST = 1L << 37;

  private Work() {}

  static double of(String rule, Call call, Known output) {
    double made = count(output);
    return switch (rule) {
      case "gemm" -> made * size(call.in(0), call.number("transA", 0) == 1 ? 0 : 1);
      case "matmul", "matmulInteger", "qMatmul" -> made * size(call.in(0), -1);
      case "conv", "convInteger" -> made * window(call.in(1));
      case "qConv" -> made * window(call.in(3));
      case "transposed" -> count(call.in(0)) * window(call.in(1));
      case "pool" -> made * product(call.numbers("kernel_shape", List.of()));
      case "rnn", "gru", "lstm" ->
        (double) size(call.in(0), 0)
            * size(call.in(0), 1)
            * (count(call.in(1)) + count(call.in(2)));
      // Of a product of two matrices it is this.
      case "einsum" -> Math.sqrt(made * count(call.in(0)) * count(call.in(1)));
      default -> 0;
    };
  }

  private static double window(Known weight) {
    return count(weight) / Math.max(1, size(weight, 0));
  }

  private static long size(Known known, int axis) {
    return Math.abs(known.size(axis));
  }

  private static double count(Known known) {
    return known.dims() == null ? 1 : product(known.dims());
  }

  private static double product(List<Long> sizes) {
    double product = 1;
    for (long size : sizes) {
      product *= Math.abs(size);
    }
    return product;
  }
}
