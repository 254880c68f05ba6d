package lapidary.runtime;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;

/** Joins tensors of one row to a batch along the first axis, and takes a batch apart again. Stateless. */
public final class Rows {
  private Rows() {}

  /** The inputs of several requests as one, in their order; every map has the same names, types and row shapes. */
  public static Map<String, Tensor> join(List<Map<String, Tensor>> rows) {
    Map<String, Tensor> batch = new LinkedHashMap<>();
    for (String name : rows.get(0).keySet()) {
      List<Tensor> column = new ArrayList<>();
      rows.forEach(row -> column.add(tensor(row, name)));
      batch.put(name, joinColumn(column));
    }
    return batch;
  }

  /** Row {@code index} of every output of a batch of {@code count}, with a first axis of 1. */
  public static Map<String, Tensor> row(Map<String, Tensor> batch, int index, int count) {
    Map<String, Tensor> row = new LinkedHashMap<>();
    batch.forEach((name, tensor) -> row.put(name, slice(name, tensor, index, count)));
    return row;
  }

  private static Tensor joinColumn(List<Tensor> column) {
    Tensor first = column.get(0);
    int size = first.size();
    Object joined = newArray(first, Math.multiplyExact(size, column.size()));
    for (int i = 0; i < column.size(); i++) {
      System.arraycopy(column.get(i).as(Object.class), 0, joined, i * size, size);
    }
    long[] shape = first.shape();
    shape[0] = column.size();
    return Tensor.owning(first.type(), joined, shape);
  }

  /**
   * Sees that an output of a batch has a row for each of its {@code count} rows.
   *
   * @throws InvalidInputException if it has not
   */
  public static void requireRows(String name, Tensor tensor, int count) {
    long[] shape = tensor.shape();
    if (shape.length == 0 || shape[0] != count) {
      throw new InvalidInputException("output \"" + name + "\" is " + tensor + " for a batch of "
          + count + ", not a row for each request; such a model cannot be batched");
    }
  }

  private static Tensor slice(String name, Tensor tensor, int index, int count) {
    requireRows(name, tensor, count);
    long[] shape = tensor.shape();
    int size = tensor.size() / count;
    Object row = newArray(tensor, size);
    System.arraycopy(tensor.as(Object.class), index * size, row, 0, size);
    shape[0] = 1;
    return Tensor.owning(tensor.type(), row, shape);
  }

  private static Tensor tensor(Map<String, Tensor> row, String name) {
    Tensor tensor = row.get(name);
    if (tensor == null) {
      throw new IllegalStateException("rows of one batch have the same inputs");
    }
    return tensor;
  }

  private static Object newArray(Tensor like, int length) {
    return Array.newInstance(like.as(Object.class).getClass().getComponentType(), length);
  }
}
