package lapidary.exporter;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Signature;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/**
 * Real rows of tensors, in turn.
 *
 * @param tensors for every input by its name, [rows, …]
 */
record TensorRows(SortedMap<String, Tensor> tensors) implements RealRows {
  TensorRows {
    tensors = new TreeMap<>(tensors);
    tensors.forEach((name, tensor) -> {
      if (tensor.shape().length == 0 || tensor.shape()[0] < 1) {
        throw new InvalidInputException("the rows given for input " + name + " are " + tensor
            + "; give at least one row, [rows, …]");
      }
    });
  }

  static TensorRows of(Map<String, Tensor> tensors) {
    return new TensorRows(new TreeMap<>(tensors));
  }

  /** Open sizes are filled with the same numbers again, since others may not be in a table. */
  @Override
  public Batch batch(Signature signature, OpenAxes open, OpenAxes.Sizes sizes) {
    signature.inputs().forEach(this::requireShape);
    List<Input> inputs =
        signature.inputs().stream().map(input -> open.grown(input, sizes)).toList();
    return new Batch(inputs, this, 0, Math.toIntExact(sizes.batch()));
  }

  @Override
  public Tensor tensor(TensorInput input, int from, int count) {
    Tensor rows = tensors.get(input.name());
    if (rows == null) {
      throw refusal(input);
    }
    long[] given = rows.shape();
    if (given.length != input.shape().size() + 1) {
      throw refusal(input);
    }
    long[] wanted = new long[given.length];
    wanted[0] = count;
    IntStream.range(1, wanted.length).forEach(i -> wanted[i] = input.shape().get(i - 1));
    int size = Math.toIntExact(Arrays.stream(wanted).reduce(1, Math::multiplyExact));
    int[] places =
        IntStream.range(0, size).map(i -> place(i, wanted, given, from)).toArray();
    return picked(rows, places, wanted);
  }

  /** Which of the given numbers stands at a place of the wanted shape. */
  private static int place(int index, long[] wanted, long[] given, int from) {
    long rest = index;
    long place = 0;
    long width = 1;
    for (int axis = wanted.length - 1; axis >= 0; axis--) {
      long at = rest % wanted[axis] + (axis == 0 ? from : 0);
      place += at % given[axis] * width;
      width *= given[axis];
      rest /= wanted[axis];
    }
    return Math.toIntExact(place);
  }

  private void requireShape(Input input) {
    Tensor rows = tensors.get(input.name());
    if (rows == null || !(input instanceof TensorInput tensor)) {
      throw refusal(input);
    }
    List<Long> given = Arrays.stream(rows.shape()).skip(1).boxed().toList();
    if (!given.equals(tensor.shape())) {
      throw new InvalidInputException("the rows given for input " + input.name() + " are " + given
          + ", not " + tensor.shape() + "; give rows of the signature's shape");
    }
  }

  private static Tensor picked(Tensor rows, int[] places, long[] shape) {
    IntStream from = Arrays.stream(places);
    return switch (rows.type()) {
      case FLOAT32 -> Tensor.floats(floats(rows.floats(), places), shape);
      case FLOAT64 -> {
        double[] values = rows.doubles();
        yield Tensor.doubles(from.mapToDouble(i -> values[i]).toArray(), shape);
      }
      case INT64 -> {
        long[] values = rows.longs();
        yield Tensor.longs(from.mapToLong(i -> values[i]).toArray(), shape);
      }
      case INT32 -> {
        int[] values = rows.ints();
        yield Tensor.int32(from.map(i -> values[i]).toArray(), shape);
      }
      case INT8 -> Tensor.int8(bytes(rows.bytes(), places), shape);
      case UINT8 -> Tensor.uint8(bytes(rows.bytes(), places), shape);
      case BOOL -> Tensor.bools(truths(rows.bools(), places), shape);
      default ->
        throw new InvalidInputException(
            "rows of " + rows + " cannot be taken; give numbers that DJL has, such as float32");
    };
  }

  private static float[] floats(float[] values, int[] places) {
    float[] picked = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }

  private static byte[] bytes(byte[] values, int[] places) {
    byte[] picked = new byte[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }

  private static boolean[] truths(boolean[] values, int[] places) {
    boolean[] picked = new boolean[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }

  @Override
  public InvalidInputException refusal(Input input) {
    return new InvalidInputException("rows of tensors " + tensors.keySet() + " do not fill input "
        + input.name() + "; give a tensor for every input, or use random rows");
  }
}
