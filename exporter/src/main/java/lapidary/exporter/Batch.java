package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.ColumnInput;
import lapidary.models.ElementType;
import lapidary.models.IdInput;
import lapidary.models.IdVocabulary;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.Pixels;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/**
 * Rows for both sides of a comparison.
 *
 * @param inputs the model's inputs, which may have another image size than the signature's
 * @param rows where rows come from
 * @param from the first row
 * @param count how many
 */
record Batch(List<Input> inputs, RowSource rows, int from, int count) {
  Batch {
    inputs = List.copyOf(inputs);
  }

  /** What the file takes. */
  Map<String, Tensor> forFile() {
    Map<String, Tensor> feed = new LinkedHashMap<>();
    inputs.forEach(input -> feed.put(input.tensor(), raw(input)));
    return feed;
  }

  private Tensor raw(Input input) {
    if (input instanceof IdInput ids) {
      return raw(ids.ids(), rows.ids(ids, from, count));
    }
    if (input instanceof ColumnInput column) {
      return RowCells.raw(column, rows.cells(column, from, count));
    }
    return input instanceof ImageInput image
        ? Tensor.pixels(rows.pixels(image, from, count))
        : rows.tensor((TensorInput) input, from, count);
  }

  private static Tensor raw(IdVocabulary known, List<String> ids) {
    return known.integers()
        ? Tensor.longs(ids.stream().mapToLong(known::toLong).toArray(), ids.size())
        : Tensor.strings(ids.toArray(String[]::new), ids.size());
  }

  /** What the network takes; arrays have the names of the inputs. */
  NDList forNetwork(NDManager manager) {
    NDList list = new NDList();
    for (Input input : inputs) {
      NDArray array = network(input, manager);
      array.setName(input.name());
      list.add(array);
    }
    return list;
  }

  private NDArray network(Input input, NDManager manager) {
    if (input instanceof ImageInput image) {
      Pixels pixels = rows.pixels(image, from, count);
      Shape shape = new Shape(count).addAll(NetworkInput.of(image).shape());
      return manager.create(image.toNetwork(pixels), shape);
    }
    if (input instanceof IdInput ids) {
      long[] table =
          rows.ids(ids, from, count).stream().mapToLong(ids.ids()::row).toArray();
      return manager.create(table, new Shape(count));
    }
    if (input instanceof ColumnInput column) {
      return RowCells.network(column, rows.cells(column, from, count), manager);
    }
    NDArray array = array(rows.tensor((TensorInput) input, from, count), manager);
    return ((TensorInput) input).type() == ElementType.FLOAT16
        ? array.toType(DataType.FLOAT16, false)
        : array;
  }

  private static NDArray array(Tensor tensor, NDManager manager) {
    Shape shape = new Shape(tensor.shape());
    return switch (tensor.type()) {
      case FLOAT32 -> manager.create(tensor.floats(), shape);
      case FLOAT64 -> manager.create(tensor.doubles(), shape);
      case INT8 -> manager.create(ByteBuffer.wrap(tensor.bytes()), shape, DataType.INT8);
      case INT64 -> manager.create(tensor.longs(), shape);
      case INT32 -> manager.create(tensor.ints(), shape);
      case BOOL -> manager.create(tensor.bools(), shape);
      case UINT8 -> manager.create(ByteBuffer.wrap(tensor.bytes()), shape, DataType.UINT8);
      default -> throw new IllegalStateException("no rows are of type " + tensor);
    };
  }
}
