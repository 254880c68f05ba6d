package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lapidary.runtime.check.OnnxFields;

/** Reads a ValueInfoProto: a name, and the type of a tensor if it is said. Not thread-safe. */
final class PortReader {
  private String name = "";
  private int type;
  private boolean shaped;
  private final List<Long> dims = new ArrayList<>();

  private PortReader() {}

  /** A value and its name. */
  record Port(String name, Known known) {}

  static Port read(OnnxFields fields) throws IOException, RefusedGraph {
    PortReader reader = new PortReader();
    while (fields.next()) {
      if (fields.isPart(1)) {
        reader.name = GraphReader.name(fields);
      } else if (fields.isPart(2)) {
        reader.type(fields.part());
      }
    }
    return new Port(reader.name, Known.of(reader.type, reader.shaped ? reader.dims : null));
  }

  private void type(OnnxFields fields) throws IOException, RefusedGraph {
    while (fields.next()) {
      for (int other : new int[] {4, 5, 7, 8, 9}) {
        require(!fields.isPart(other), "value \"%s\" is not a tensor", name);
      }
      if (fields.isPart(1)) {
        tensor(fields.part());
      }
    }
  }

  private void tensor(OnnxFields fields) throws IOException, RefusedGraph {
    while (fields.next()) {
      if (fields.isNumber(1)) {
        type = (int) fields.number();
        require(
            Known.isType(type), "value \"%s\" is of type %s, which is not in the list", name, type);
      } else if (fields.isPart(2)) {
        require(!shaped, "value \"%s\" has two shapes", name);
        shaped = true;
        shape(fields.part());
      }
    }
  }

  private void shape(OnnxFields fields) throws IOException, RefusedGraph {
    while (fields.next()) {
      if (fields.isPart(1)) {
        require(
            dims.size() < WeightReader.MOST_RANK,
            "value \"%s\" has more than %s dimensions",
            name,
            WeightReader.MOST_RANK);
        dims.add(dimension(fields.part()));
      }
    }
  }

  private long dimension(OnnxFields fields) throws IOException, RefusedGraph {
    long size = Known.OPEN;
    while (fields.next()) {
      if (fields.isNumber(1)) {
        size = fields.number();
        // Some exporters write -1 for an open dimension, and ONNX Runtime takes all below zero so.
        require(size <= Integer.MAX_VALUE, "value \"%s\" has a dimension of %s", name, size);
      }
      size = fields.isPart(2) ? Known.OPEN : size;
    }
    return Math.max(size, Known.OPEN);
  }
}
