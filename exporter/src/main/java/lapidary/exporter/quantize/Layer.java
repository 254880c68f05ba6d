package lapidary.exporter.quantize;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Optional;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.TensorData;

/**
 * A layer that can be computed in 8 bits: a convolution or a product with weights that stand in the file.
 *
 * @param node the layer
 * @param weight its weights
 * @param channel the dimension of the weights that counts its outputs
 */
record Layer(GraphNode node, TensorData weight, int channel) {
  private static final Attribute ONE = new Attribute.Real(1);

  /** The layer that a node is; empty if it is none. */
  static Optional<Layer> of(OnnxGraph graph, GraphNode node) {
    return switch (node.operator()) {
      case "Conv" -> of(graph, node, 0);
      case "Gemm" -> isPlain(node) ? of(graph, node, isTurned(node) ? 0 : 1) : Optional.empty();
      case "MatMul" -> of(graph, node, 1).filter(layer -> layer.weight().shape().size() == 2);
      default -> Optional.empty();
    };
  }

  private static Optional<Layer> of(OnnxGraph graph, GraphNode node, int channel) {
    TensorData weight = graph.initializers().get(node.inputs().get(1));
    boolean computed = !graph.initializers().containsKey(node.inputs().get(0));
    return weight != null && weight.type() == DataType.FLOAT32 && computed
        ? Optional.of(new Layer(node, weight, channel)).filter(layer -> layer.knowsBias(graph))
        : Optional.empty();
  }

  private static boolean isPlain(GraphNode gemm) {
    return gemm.attributes().getOrDefault("alpha", ONE).equals(ONE)
        && gemm.attributes().getOrDefault("beta", ONE).equals(ONE)
        && !isSet(gemm, "transA");
  }

  private static boolean isTurned(GraphNode gemm) {
    return isSet(gemm, "transB");
  }

  private static boolean isSet(GraphNode node, String attribute) {
    return node.attributes().get(attribute) instanceof Attribute.Whole whole && whole.value() != 0;
  }

  private boolean knowsBias(OnnxGraph graph) {
    if (node.inputs().size() < 3) {
      return true;
    }
    TensorData bias = graph.initializers().get(node.inputs().get(2));
    return bias != null && bias.shape().equals(List.of((long) channels()));
  }

  String name() {
    return node.name();
  }

  /** The value that the layer is computed of. */
  String input() {
    return node.inputs().get(0);
  }

  String output() {
    return node.outputs().get(0);
  }

  /** How many outputs it has. */
  int channels() {
    return Math.toIntExact(weight.shape().get(channel));
  }

  /** How many weights in a row are of one output. */
  int inner() {
    return Math.toIntExact(
        weight.shape().stream().skip(channel + 1L).reduce(1L, Math::multiplyExact));
  }

  /** Its bias; no numbers if it has none. */
  float[] bias(OnnxGraph graph) {
    TensorData bias =
        node.inputs().size() > 2 ? graph.initializers().get(node.inputs().get(2)) : null;
    return bias == null ? new float[0] : bias.floats();
  }

  /** Whether the channels of what it is computed of are counted by the last dimension, not by the second. */
  boolean endsInChannels() {
    return node.operator().equals("MatMul");
  }

  /** Whether an 8-bit answer has to follow for it to be computed in 8 bits: a product may end in 32. */
  boolean endsInCodes() {
    return node.operator().equals("Conv");
  }
}
