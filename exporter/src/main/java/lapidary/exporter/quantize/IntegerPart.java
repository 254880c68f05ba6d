package lapidary.exporter.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.OnnxGraph;

/**
 * Which part of a graph is computed in 8 bits: the layers asked for, and between them sums and largest values of a window. A Relu
 * behind one of these costs nothing: codes have no negative numbers to begin with. Immutable.
 */
final class IntegerPart {
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Set<String> nodes = new HashSet<>();
  // By the value that a node of the part makes, the Relu behind it left out: the value to encode.
  private final Map<String, String> ends = new HashMap<>();
  private final Map<String, String> alike = new HashMap<>();
  private final Set<String> encoded = new HashSet<>();

  private IntegerPart() {}

  /** All layers of a graph that can be computed in 8 bits, in the order they run. */
  static List<Layer> layersOf(OnnxGraph graph) {
    List<Layer> found = new ArrayList<>();
    graph.nodes().forEach(node -> Layer.of(graph, node).ifPresent(found::add));
    return found;
  }

  /**
   * The part around some layers.
   *
   * @param chosen names of layers
   */
  static IntegerPart of(OnnxGraph graph, Set<String> chosen) {
    IntegerPart part = new IntegerPart();
    Uses uses = Uses.of(graph);
    for (GraphNode node : graph.nodes()) {
      Optional<Layer> layer =
          chosen.contains(node.name()) ? Layer.of(graph, node) : Optional.empty();
      if (layer.isPresent()) {
        part.add(layer.get(), uses);
      } else if (part.isBetween(node)) {
        part.addBetween(node, uses);
      }
    }
    return part;
  }

  private void add(Layer layer, Uses uses) {
    layers.put(layer.name(), layer);
    nodes.add(layer.name());
    encoded.add(layer.input());
    String end = end(layer.output(), uses);
    ends.put(layer.output(), end);
    if (layer.endsInCodes()) {
      encoded.add(end);
    }
  }

  private boolean isBetween(GraphNode node) {
    boolean known = node.operator().equals("Add") || node.operator().equals("MaxPool");
    return known && node.inputs().stream().allMatch(value -> ends.containsValue(value));
  }

  private void addBetween(GraphNode node, Uses uses) {
    nodes.add(node.name());
    encoded.addAll(node.inputs());
    String output = node.outputs().get(0);
    boolean same = node.operator().equals("MaxPool");
    String end = same ? output : end(output, uses);
    ends.put(output, end);
    encoded.add(end);
    if (same) {
      alike.put(output, node.inputs().get(0));
    }
  }

  /** What is left of a value once a Relu alone has taken it. */
  private static String end(String value, Uses uses) {
    return uses.onlyTaker(value)
        .filter(taker -> taker.operator().equals("Relu"))
        .map(relu -> relu.outputs().get(0))
        .orElse(value);
  }

  /** The layers in 8 bits. */
  List<Layer> layers() {
    return List.copyOf(layers.values());
  }

  Optional<Layer> layer(GraphNode node) {
    return Optional.ofNullable(layers.get(node.name()));
  }

  /** Whether a node is computed in 8 bits. */
  boolean has(GraphNode node) {
    return nodes.contains(node.name());
  }

  /** Values that are encoded. */
  Set<String> encoded() {
    return Set.copyOf(encoded);
  }

  /** Whether a value is encoded where it is made, its Relu, if any, left out. */
  boolean isEncodedEnd(String value) {
    return encoded.contains(value) && ends.containsValue(value);
  }

  /** The value to encode in the place of the one that a node makes. */
  String end(String made) {
    return ends.getOrDefault(made, made);
  }

  /** The value whose interval a value has: the largest of some codes are such codes. */
  String measured(String value) {
    String same = alike.get(value);
    return same == null ? value : measured(same);
  }
}
