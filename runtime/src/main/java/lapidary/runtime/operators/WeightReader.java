package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.runtime.check.OnnxFields;

/**
 * Reads a TensorProto: its type and dimensions have to be those of the bytes that are there, name are read only of small tensors
 * of whole numbers. Not thread-safe.
 */
final class WeightReader {
  /** Sizes, axes and the like are lists of a few numbers. */
  private static final int MOST_VALUES = 64;

  /** Dimensions of a tensor. */
  static final int MOST_RANK = 8;

  private static final int RAW = 9;

  /** The types that a list of values may be of, by its field. */
  private static final Map<Integer, List<Integer>> LISTS = Map.of(
      4, List.of(1),
      5, List.of(2, 3, 4, 5, 6, 9, 10, 16),
      6, List.of(8),
      7, List.of(7),
      10, List.of(11),
      11, List.of(12, 13));

  private final List<Long> dims = new ArrayList<>();
  private final List<Long> values = new ArrayList<>();
  private String name = "";
  private int type;
  private int list;
  private long listed;
  private long raw = -1;
  private boolean outside;
  private byte[] bytes = {};

  private WeightReader() {}

  /** A tensor and its name. */
  record Weight(String name, Known known) {}

  static Weight read(OnnxFields fields) throws IOException, RefusedGraph {
    WeightReader reader = new WeightReader();
    while (fields.next()) {
      reader.field(fields);
    }
    return new Weight(reader.name, reader.known());
  }

  private void field(OnnxFields fields) throws IOException, RefusedGraph {
    if (fields.isNumber(1)) {
      dimension(fields.number());
    } else if (fields.isPart(1)) {
      for (long size : fields.packed(MOST_RANK + 1)) {
        dimension(size);
      }
    } else if (fields.isNumber(2)) {
      type = (int) fields.number();
    } else if (fields.isPart(8)) {
      name = GraphReader.name(fields);
    } else if (fields.isPart(RAW)) {
      raw = fields.length();
      boolean small = raw <= (long) MOST_VALUES * Long.BYTES;
      bytes = small ? fields.bytes() : bytes;
    } else if (fields.isPart(3)) {
      require(fields.length() == 0, "tensor \"%s\" is a part of another", name);
    } else if (fields.isNumber(14)) {
      outside = fields.number() == 1;
    } else {
      list(fields);
    }
  }

  private void dimension(long size) throws RefusedGraph {
    require(size >= 0 && size <= Integer.MAX_VALUE, "a tensor has a dimension of %s", size);
    require(dims.size() < MOST_RANK, "a tensor has more than %s dimensions", MOST_RANK);
    dims.add(size);
  }

  private void list(OnnxFields fields) throws IOException, RefusedGraph {
    for (int field : LISTS.keySet()) {
      if (fields.isPart(field) || fields.isNumber(field) || fields.isFixed(field)) {
        require(list == 0 || list == field, "a tensor has two lists of values");
        list = field;
        listed += count(fields, field);
      }
    }
  }

  private long count(OnnxFields fields, int field) throws IOException {
    boolean whole = field == 5 || field == 7 || field == 11;
    if (!fields.isPart(field)) {
      if (whole && values.size() < MOST_VALUES) {
        values.add(fields.number());
      }
      return 1;
    }
    if (!whole) {
      return field == 6 ? 1 : fields.length() / (field == 4 ? Float.BYTES : Double.BYTES);
    }
    if (fields.length() <= (long) MOST_VALUES * 10) {
      values.addAll(fields.packed(MOST_VALUES * 10));
    }
    return fields.packedCount();
  }

  private Known known() throws RefusedGraph {
    require(
        Known.isType(type), "tensor \"%s\" is of type %s, which is not in the list", name, type);
    long count = Known.product(dims);
    require(count >= 0, "tensor \"%s\" of dimensions %s has too many values", name, dims);
    require(
        (raw >= 0 ? 1 : 0) + (list > 0 ? 1 : 0) + (outside ? 1 : 0) <= 1,
        "tensor \"%s\" has its values in two places",
        name);
    if (raw >= 0) {
      require(
          type != Known.STRING && raw == count * Known.width(type),
          "tensor \"%s\" has %s bytes, which are not those of %s of type %s",
          name,
          raw,
          dims,
          type);
    } else if (list > 0) {
      require(
          LISTS.getOrDefault(list, List.of()).contains(type) && listed == count,
          "tensor \"%s\" has %s values in field %s, which are not those of %s of type %s",
          name,
          listed,
          list,
          dims,
          type);
    } else {
      require(outside || count == 0, "tensor \"%s\" of dimensions %s has no values", name, dims);
    }
    boolean real = type == Known.FLOAT && raw >= 0 && count <= MOST_VALUES;
    List<Long> whole = small(count) ? values(count) : null;
    Known.requireTold(whole == null ? List.of() : whole);
    return new Known(type, dims, whole, real ? reals((int) count) : null);
  }

  private List<Float> reals(int count) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Float> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(buffer.getFloat());
    }
    return read;
  }

  private boolean small(long count) {
    return (type == Known.INT32 || type == Known.INT64) && count <= MOST_VALUES && !outside;
  }

  private List<Long> values(long count) {
    if (raw < 0) {
      return values;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(type == Known.INT32 ? (long) buffer.getInt() : buffer.getLong());
    }
    return read;
  }
}
