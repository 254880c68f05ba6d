package lapidary.exporter;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lapidary.exporter.graph.ExportException;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.IdInput;
import lapidary.models.IdVocabulary;
import lapidary.models.ImageInput;
import lapidary.models.NumberInput;
import lapidary.models.Pixels;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/** Rows drawn from a seed; the same for the same input, position and count. */
record RandomRows(long seed) implements RowSource {
  @Override
  public String kind() {
    return "random";
  }

  @Override
  public Pixels pixels(ImageInput input, int from, int count) {
    byte[] bytes = new byte[Math.multiplyExact(count, input.size().values())];
    random(input.name(), from).nextBytes(bytes);
    return Pixels.of(
        count, input.size().height(), input.size().width(), input.size().channels(), bytes);
  }

  @Override
  public List<String> ids(IdInput input, int from, int count) {
    Random random = random(input.name(), from);
    IdVocabulary known = input.ids();
    List<String> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean unknown = random.nextInt(4) == 0;
      drawn.add(
          unknown ? known.unknownId() : known.id(1 + random.nextInt(known.ids().size())));
    }
    return drawn;
  }

  @Override
  public List<String> cells(ColumnInput input, int from, int count) {
    Random random = random(input.name(), from);
    return IntStream.range(0, count)
        .mapToObj(i -> random.nextInt(4) == 0 ? "" : cell(input, random))
        .toList();
  }

  private static String cell(ColumnInput input, Random random) {
    if (input instanceof CategoryInput category) {
      int row = random.nextInt(category.values().rows());
      return row == IdVocabulary.UNKNOWN
          ? category.values().unknownId()
          : category.values().id(row);
    }
    if (input instanceof NumberInput number) {
      return input.cells().text((float)
          (number.mean() + number.deviation() * random.nextGaussian()));
    }
    return LocalDate.ofEpochDay(random.nextInt(40_000)).toString();
  }

  @Override
  public Tensor tensor(TensorInput input, int from, int count) {
    Random random = random(input.name(), from);
    long[] shape = new long[input.shape().size() + 1];
    shape[0] = count;
    int size = count;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = input.shape().get(i - 1);
      size = Math.multiplyExact(size, Math.toIntExact(shape[i]));
    }
    IntStream positions = IntStream.range(0, size);
    return switch (input.type()) {
      case FLOAT32, FLOAT16 -> Tensor.floats(floats(random, size), shape);
      case INT64 -> Tensor.longs(positions.mapToLong(i -> random.nextInt(2)).toArray(), shape);
      case INT32 -> Tensor.int32(positions.map(i -> random.nextInt(2)).toArray(), shape);
      case UINT8 -> Tensor.uint8(bytes(random, size), shape);
      case FLOAT64 ->
        Tensor.doubles(positions.mapToDouble(i -> random.nextGaussian()).toArray(), shape);
      case INT8 -> Tensor.int8(bytes(random, size), shape);
      case BOOL -> Tensor.bools(truths(random, size), shape);
      default ->
        throw new ExportException("input " + input.name() + " is of type " + input.type()
            + ", for which no rows can be drawn; take FLOAT32 or INT64");
    };
  }

  private Random random(String input, int from) {
    return new Random(31 * (31 * seed + input.hashCode()) + from);
  }

  private static float[] floats(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static byte[] bytes(Random random, int size) {
    byte[] values = new byte[size];
    random.nextBytes(values);
    return values;
  }

  private static boolean[] truths(Random random, int size) {
    boolean[] values = new boolean[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextBoolean();
    }
    return values;
  }
}
