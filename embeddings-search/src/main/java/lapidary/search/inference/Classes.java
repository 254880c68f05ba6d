package lapidary.search.inference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;

/**
 * The greatest values of an output as texts {@code VALUE:INDEX:LABEL}, as Triton tells classes: values with six decimals, ties by index.
 *
 * @param order compares values by their index in the tensor
 * @param text writes the value at an index
 */
record Classes(Comparator<Integer> order, IntFunction<String> text) {
  private static final int DECIMALS = 6;

  /**
   * The classes of an output.
   *
   * @param rows how many rows the tensor's first dimension counts; empty if it counts none
   * @param most classes of a row
   * @param labels by index; used if there are as many as values in a row
   * @throws InvalidInputException if values of this datatype cannot be classes
   */
  static OutputTensor of(OutputTensor output, boolean rows, int most, List<String> labels) {
    long[] shape = output.values().shape();
    int all = (int) InputTensor.count(output.name(), shape);
    int batch = rows && shape.length > 0 ? (int) shape[0] : 1;
    int width = batch == 0 ? 0 : all / batch;
    int count = Math.min(most, width);
    Classes classes = of(output);
    List<String> names = labels.size() == width ? labels : List.of();
    String[] texts = IntStream.range(0, batch)
        .boxed()
        .flatMap(row -> classes.best(row * width, width, count, names).stream())
        .toArray(String[]::new);
    long[] told = rows && shape.length > 0 ? new long[] {batch, count} : new long[] {count};
    return new OutputTensor(output.name(), Datatype.BYTES, Tensor.strings(texts, told));
  }

  private List<String> best(int from, int width, int count, List<String> labels) {
    return IntStream.range(from, from + width)
        .boxed()
        .sorted(order.reversed().thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .map(index -> text.apply(index) + ":" + (index - from)
            + (labels.isEmpty() ? "" : ":" + labels.get(index - from)))
        .toList();
  }

  private static Classes of(OutputTensor output) {
    Tensor values = output.values();
    return switch (output.datatype()) {
      case FP32, FP16, BF16 -> floats(values.floats());
      case FP64 -> doubles(values.doubles());
      case INT8 -> bytes(values.bytes());
      case UINT8 -> unsignedBytes(values.bytes());
      case INT16 -> shorts(values.shorts());
      case UINT16 -> unsignedShorts(values.shorts());
      case INT32 -> ints(values.ints());
      case UINT32 -> unsignedInts(values.ints());
      case INT64 -> longs(values.longs());
      case UINT64 -> unsignedLongs(values.longs());
      case BOOL, BYTES ->
        throw new InvalidInputException("output " + Quoted.of(output.name()) + " is "
            + output.datatype() + ", which has no greatest values; omit classification");
    };
  }

  private static Classes floats(float[] values) {
    return new Classes(Comparator.comparingDouble(i -> ordered(values[i])), i -> text(values[i]));
  }

  private static Classes doubles(double[] values) {
    return new Classes(Comparator.comparingDouble(i -> ordered(values[i])), i -> text(values[i]));
  }

  private static Classes bytes(byte[] values) {
    return new Classes(Comparator.comparingInt(i -> values[i]), i -> Byte.toString(values[i]));
  }

  private static Classes unsignedBytes(byte[] values) {
    return new Classes(
        Comparator.comparingInt(i -> Byte.toUnsignedInt(values[i])),
        i -> Integer.toString(Byte.toUnsignedInt(values[i])));
  }

  private static Classes shorts(short[] values) {
    return new Classes(Comparator.comparingInt(i -> values[i]), i -> Short.toString(values[i]));
  }

  private static Classes unsignedShorts(short[] values) {
    return new Classes(
        Comparator.comparingInt(i -> Short.toUnsignedInt(values[i])),
        i -> Integer.toString(Short.toUnsignedInt(values[i])));
  }

  private static Classes ints(int[] values) {
    return new Classes(Comparator.comparingInt(i -> values[i]), i -> Integer.toString(values[i]));
  }

  private static Classes unsignedInts(int[] values) {
    return new Classes(
        (a, b) -> Integer.compareUnsigned(values[a], values[b]),
        i -> Integer.toUnsignedString(values[i]));
  }

  private static Classes longs(long[] values) {
    return new Classes(Comparator.comparingLong(i -> values[i]), i -> Long.toString(values[i]));
  }

  private static Classes unsignedLongs(long[] values) {
    return new Classes(
        (a, b) -> Long.compareUnsigned(values[a], values[b]),
        i -> Long.toUnsignedString(values[i]));
  }

  /** What is not a number is the least. */
  private static double ordered(double value) {
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  /** As C's {@code %f}: rounded from the value itself, not from its shortest digits. */
  private static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String text =
        new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    boolean lost = Math.copySign(1, value) < 0 && !text.startsWith("-");
    return lost ? "-" + text : text;
  }
}
