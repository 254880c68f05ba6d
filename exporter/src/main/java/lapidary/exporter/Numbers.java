package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lapidary.exporter.graph.ExportException;
import lapidary.models.Parity;
import lapidary.models.Ulps;
import lapidary.runtime.Tensor;

/** An answer of either side as numbers with a shape. The arrays are not shared with anyone. */
final class Numbers {
  /** Numbers of a single difference: max |a − b|, and over max |b|. */
  record Distance(double absolute, double relative) {
    static final Distance NONE = new Distance(0, 0);

    Distance worse(Distance other) {
      return new Distance(Math.max(absolute, other.absolute), Math.max(relative, other.relative));
    }
  }

  private final double[] values;
  private final long[] shape;
  private final Optional<FloatFormat> format;

  private Numbers(double[] values, long[] shape, Optional<FloatFormat> format) {
    this.values = values;
    this.shape = shape;
    this.format = format;
  }

  static Numbers of(NDArray array) {
    try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
      return new Numbers(wide.toDoubleArray(), array.getShape().getShape(), Optional.empty());
    }
  }

  static Numbers of(Tensor tensor) {
    return new Numbers(values(tensor), tensor.shape(), FloatFormat.of(tensor.type()));
  }

  private static double[] values(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT32, FLOAT16, BFLOAT16 -> {
        float[] floats = tensor.floats();
        yield IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
      }
      case INT64 -> Arrays.stream(tensor.longs()).asDoubleStream().toArray();
      case INT32 -> Arrays.stream(tensor.ints()).asDoubleStream().toArray();
      case UINT8 -> {
        byte[] bytes = tensor.bytes();
        yield IntStream.range(0, bytes.length).mapToDouble(i -> bytes[i] & 0xff).toArray();
      }
      case INT8 -> {
        byte[] bytes = tensor.bytes();
        yield IntStream.range(0, bytes.length).mapToDouble(i -> bytes[i]).toArray();
      }
      case BOOL -> {
        boolean[] truths = tensor.bools();
        yield IntStream.range(0, truths.length)
            .mapToDouble(i -> truths[i] ? 1 : 0)
            .toArray();
      }
      case FLOAT64 -> tensor.doubles();
      case STRING ->
        throw new ExportException(
            "an output of texts cannot be compared; export outputs of numbers only");
      default ->
        throw new ExportException("an output of " + tensor
            + " cannot be compared with the network's; cast it to FLOAT32 or INT64");
    };
  }

  boolean sameShape(Numbers other) {
    return Arrays.equals(shape, other.shape);
  }

  /**
   * Whether a reference of one row is this without axes of size 1: squeezing a batch of one drops the batch, which a file keeps.
   */
  boolean squeezedIs(Numbers reference) {
    return shape.length > 0
        && shape[0] == 1
        && reference.shape.length < shape.length
        && Arrays.equals(aboveOne(shape), aboveOne(reference.shape));
  }

  private static long[] aboveOne(long[] shape) {
    return Arrays.stream(shape).filter(size -> size != 1).toArray();
  }

  /** Single rows as one batch. */
  static Numbers joined(List<Numbers> rows) {
    long[] shape = rows.get(0).shape.clone();
    if (shape.length > 0) {
      shape[0] = rows.stream()
          .mapToLong(row -> row.shape.length == 0 ? 1 : row.shape[0])
          .sum();
    }
    return new Numbers(
        rows.stream().flatMapToDouble(row -> Arrays.stream(row.values)).toArray(),
        shape,
        rows.get(0).format);
  }

  /** How far these are from a reference; equal infinities and NaN in the same place do not differ. */
  Distance from(Numbers reference) {
    double worst = 0;
    double scale = 0;
    for (int i = 0; i < values.length; i++) {
      double b = reference.values[i];
      worst = Math.max(worst, gap(values[i], b));
      scale = Double.isFinite(b) ? Math.max(scale, Math.abs(b)) : scale;
    }
    return new Distance(worst, scale == 0 ? worst : worst / scale);
  }

  private static double gap(double a, double b) {
    if (Double.compare(a, b) == 0) {
      return 0;
    }
    double gap = Math.abs(a - b);
    return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
  }

  /** All distances from a reference in steps of this side's element type; empty if that is not one of floats. */
  Optional<Ulps> ulps(Numbers reference) {
    return format.map(floats -> Ulps.of(IntStream.range(0, values.length)
        .mapToLong(i -> floats.steps(values[i], reference.values[i]))
        .toArray()));
  }

  /**
   * How many rows have their largest value where the reference has it; where the reference's two values are closer than
   * {@code slack} either is right.
   */
  Parity.Top1 top1(Numbers reference, double slack) {
    int width = shape.length == 0 ? 1 : (int) Math.max(1, shape[shape.length - 1]);
    long rows = 0;
    long same = 0;
    long close = 0;
    for (int row = 0; row + width <= values.length; row += width) {
      int wanted = reference.top(row, width);
      int found = top(row, width);
      rows++;
      if (found == wanted) {
        same++;
      } else if (!(reference.values[wanted] - reference.values[found] > slack)) {
        close++;
      }
    }
    return new Parity.Top1(rows, same, close);
  }

  private int top(int from, int width) {
    int best = from;
    for (int i = from; i < from + width; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** The shape. */
  @Override
  public String toString() {
    return Arrays.toString(shape);
  }
}
