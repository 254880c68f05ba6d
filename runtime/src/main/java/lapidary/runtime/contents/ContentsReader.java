package lapidary.runtime.contents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lapidary.runtime.check.OnnxFields;

/** Reads weights and nodes of a checked file. Memory is bounded by {@link #MAX_KEPT}. Not thread-safe. */
final class ContentsReader {
  /** Names that are kept, in bytes. */
  static final long MAX_KEPT = 256L << 20;

  private final KeptNames names;
  private final Map<String, StoredWeights> weights = new TreeMap<>();
  private final Map<String, Long> types = new HashMap<>();
  private final List<TypedNode> nodes = new ArrayList<>();

  ContentsReader(String source) {
    names = new KeptNames(source, MAX_KEPT);
  }

  void model(OnnxFields model) throws IOException {
    while (model.next()) {
      if (model.isPart(7)) {
        graph(model.part());
      }
    }
  }

  /** By element type, those with most bytes first. */
  List<StoredWeights> weights() {
    return weights.values().stream()
        .sorted(Comparator.comparingLong(StoredWeights::bytes).reversed())
        .toList();
  }

  ComputingNodes nodes() {
    return new NodeCensus(nodes, types).count();
  }

  private void graph(OnnxFields graph) throws IOException {
    while (graph.next()) {
      if (graph.isPart(1)) {
        nodes.add(TypedNode.read(graph.part(), names));
      } else if (graph.isPart(5)) {
        weight(graph.part());
      } else if (graph.isPart(11) || graph.isPart(12) || graph.isPart(13)) {
        value(graph.part());
      } else if (graph.isPart(15)) {
        sparse(graph.part());
      }
    }
  }

  private void weight(OnnxFields tensor) throws IOException {
    StoredTensor read = StoredTensor.read(tensor, names);
    types.put(read.name(), read.type().number());
    weights.merge(read.type().name(), StoredWeights.of(read), StoredWeights::and);
  }

  /** Values and their places are tensors of their own. */
  private void sparse(OnnxFields tensor) throws IOException {
    while (tensor.next()) {
      if (tensor.isPart(1) || tensor.isPart(2)) {
        weight(tensor.part());
      }
    }
  }

  private void value(OnnxFields value) throws IOException {
    String name = "";
    long type = 0;
    while (value.next()) {
      if (value.isPart(1)) {
        name = names.text(value);
      } else if (value.isPart(2)) {
        type = type(value.part());
      }
    }
    types.put(name, type);
  }

  private static long type(OnnxFields type) throws IOException {
    long element = 0;
    while (type.next()) {
      if (type.isPart(1)) {
        for (OnnxFields tensor = type.part(); tensor.next(); ) {
          element = tensor.isNumber(1) ? tensor.number() : element;
        }
      }
    }
    return element;
  }
}
