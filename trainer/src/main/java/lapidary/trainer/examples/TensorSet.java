package lapidary.trainer.examples;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Engines;

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

  private TensorSet(NDManager manager, Tensors tensors) {
    this.manager = manager;
    this.rows = Math.toIntExact(tensors.targets().size(0));
    tensors.inputs().forEach(input -> this.inputs.add(column(input)));
    this.targets = column(tensors.targets());
    this.preparation = tensors.preparation();
  }

  /**
   * Copies of one float32 input and its targets.
   *
   * @param inputs values of shape [rows, {@code inputShape}…]
   * @param classes one class number a row
   * @param inputShape the shape of one row
   */
  public static TensorSet of(Device device, float[] inputs, int[] classes, long... inputShape) {
    return of(device, manager -> {
      NDArray input = manager.create(inputs, batched(classes.length, inputShape));
      return Tensors.of(List.of(input), Tensors.classes(manager, classes));
    });
  }

  /** As {@link #of(Device, float[], int[], long...)}, with one number a row as target, [rows, 1]. */
  public static TensorSet ofValues(
      Device device, float[] inputs, float[] targets, long... inputShape) {
    return of(device, manager -> {
      NDArray input = manager.create(inputs, batched(targets.length, inputShape));
      return Tensors.of(List.of(input), manager.create(targets, new Shape(targets.length, 1)));
    });
  }

  /**
   * A set of several inputs, or of inputs that are prepared batch by batch.
   *
   * @param make makes the tensors by the set's own manager, which is closed again if that fails
   */
  public static TensorSet of(Device device, Function<NDManager, Tensors> make) {
    NDManager manager = Engines.manager(device);
    try {
      return new TensorSet(manager, make.apply(manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
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
  public Batch batch(NDArray index) {
    NDList list = new NDList();
    inputs.forEach(column -> list.add(preparation.prepare(column.rows(index))));
    return new Batch(list, targets.rows(index));
  }

  /** Owns the tensors. */
  public NDManager manager() {
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
