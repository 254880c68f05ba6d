package lapidary.trainer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.DateInput;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;
import lapidary.models.Pixels;
import lapidary.trainer.data.LabelledImages;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.tables.Table;
import lapidary.trainer.data.tables.TableCells;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.Target;

/**
 * A whole data set as tensors on a device, from which batches are gathered by row number in one call each. Owns its native
 * memory. Not thread-safe; closing is idempotent.
 */
public final class TensorSet implements Examples {
  /** Rows that are only measured at once: enough to keep the device busy, few enough for large images. */
  private static final int ROWS_AT_ONCE = 1_000;

  private final NDManager manager;
  private final List<Column> inputs = new ArrayList<>();
  private final Column targets;
  private final Preparation preparation;
  private final int rows;

  private TensorSet(
      NDManager manager, List<NDArray> inputs, NDArray targets, Preparation preparation) {
    this.manager = manager;
    this.rows = Math.toIntExact(targets.size(0));
    inputs.forEach(input -> this.inputs.add(column(input)));
    this.targets = column(targets);
    this.preparation = preparation;
  }

  /**
   * Copies of one float32 input and its targets.
   *
   * @param inputs values of shape [rows, {@code inputShape}…]
   * @param classes one class number a row
   * @param inputShape the shape of one row
   */
  public static TensorSet of(Device device, float[] inputs, int[] classes, long... inputShape) {
    NDManager manager = Engines.manager(device);
    NDArray input = manager.create(inputs, batched(classes.length, inputShape));
    return new TensorSet(manager, List.of(input), classes(manager, classes), Preparation.NONE);
  }

  /** As {@link #of(Device, float[], int[], long...)}, with one number a row as target, [rows, 1]. */
  public static TensorSet ofValues(
      Device device, float[] inputs, float[] targets, long... inputShape) {
    NDManager manager = Engines.manager(device);
    NDArray input = manager.create(inputs, batched(targets.length, inputShape));
    NDArray values = manager.create(targets, new Shape(targets.length, 1));
    return new TensorSet(manager, List.of(input), values, Preparation.NONE);
  }

  /**
   * Images as bytes, a quarter of the memory of floats; each batch is scaled, normalised and laid out on the device as
   * {@link ImageInput#toNetwork} would.
   */
  public static TensorSet images(Device device, LabelledImages images, ImageInput input) {
    NDManager manager = Engines.manager(device);
    Pixels pixels = images.pixels();
    byte[] bytes = pixels.bytes();
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    NDArray array =
        manager.create(direct, new Shape(pixels.count(), input.size().values()), DataType.UINT8);
    return new TensorSet(
        manager,
        List.of(array),
        classes(manager, images.labels()),
        PixelScaling.of(manager, input));
  }

  /** Ratings as two inputs, rows of users and of items, both int64 [rows], and the values as targets, [rows, 1]. */
  public static TensorSet ratings(Device device, Ratings ratings) {
    NDManager manager = Engines.manager(device);
    NDArray values = manager.create(ratings.values(), new Shape(ratings.count(), 1));
    return new TensorSet(
        manager,
        List.of(numbers(manager, ratings.users()), numbers(manager, ratings.items())),
        values,
        Preparation.NONE);
  }

  /** A table as one input a column, as {@link lapidary.trainer.block.TabularBlock} takes them: a class or a number a row as target. */
  static TensorSet table(Device device, Table rows, TableDataset data) {
    NDManager manager = Engines.manager(device);
    List<NDArray> columns =
        data.inputs().stream().map(input -> column(manager, rows, input)).toList();
    NDArray targets = data.target().classifies()
        ? classes(manager, data.target().classes(rows))
        : values(manager, data.target(), rows);
    return new TensorSet(manager, columns, targets, Preparation.NONE);
  }

  private static NDArray column(NDManager manager, Table rows, ColumnInput input) {
    if (input instanceof CategoryInput category) {
      return manager.create(TableCells.rows(rows, category));
    }
    if (input instanceof DateInput date) {
      return manager.create(
          TableCells.rows(rows, date), new Shape(rows.rows(), date.parts().size()));
    }
    NumberInput number = (NumberInput) input;
    return manager.create(TableCells.numbers(rows, number), new Shape(rows.rows(), number.width()));
  }

  private static NDArray values(NDManager manager, Target target, Table rows) {
    double[] numbers = target.numbers(rows);
    float[] scaled = new float[numbers.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) target.scale().toNetwork(numbers[i]);
    }
    return manager.create(scaled, new Shape(scaled.length, 1));
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int rowsAtOnce() {
    return ROWS_AT_ONCE;
  }

  @Override
  public Pass pass(BatchOrder order, int from) {
    return new Gathering(order, from);
  }

  /**
   * The rows named by {@code index}, int64 [B], ready for the network. Results belong to the index's manager.
   */
  Batch batch(NDArray index) {
    NDList list = new NDList();
    inputs.forEach(column -> list.add(preparation.prepare(column.rows(index))));
    return new Batch(list, targets.rows(index));
  }

  NDManager manager() {
    return manager;
  }

  @Override
  public void close() {
    if (manager.isOpen()) {
      manager.close();
    }
  }

  /** Batches gathered one after another; their row numbers are views cut once. */
  private final class Gathering implements Pass {
    private final NDManager scope = manager.newSubManager();
    private final NDList cut;
    private int next;

    Gathering(BatchOrder order, int from) {
      this.cut = order.cut(scope);
      this.next = from;
    }

    @Override
    public Batch next(NDManager owner) {
      NDArray index = cut.get(next++);
      index.attach(owner);
      return batch(index);
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  private Column column(NDArray array) {
    if (array.size(0) != rows) {
      throw new InvalidInputException("an input has " + array.size(0) + " rows and there are "
          + rows + " targets; give every row one target");
    }
    long width = array.size() / Math.max(1, rows);
    return new Column(array.reshape(rows, width), array.getShape());
  }

  private static NDArray classes(NDManager manager, int[] classes) {
    return numbers(manager, classes).reshape(classes.length, 1);
  }

  private static NDArray numbers(NDManager manager, int[] numbers) {
    return manager.create(Arrays.stream(numbers).asLongStream().toArray());
  }

  private static Shape batched(int rows, long... shape) {
    return new Shape(rows).addAll(new Shape(shape));
  }

  /** A tensor as a table, because the engine's fastest gather wants rank 2, and the shape its rows have. */
  private record Column(NDArray table, Shape shape) {
    NDArray rows(NDArray index) {
      NDArray picked =
          index.getNDArrayInternal().embedding(index, table, SparseFormat.DENSE).head();
      return shape.dimension() == 2
          ? picked
          : picked.reshape(new Shape(index.size()).addAll(shape.slice(1)));
    }
  }
}
