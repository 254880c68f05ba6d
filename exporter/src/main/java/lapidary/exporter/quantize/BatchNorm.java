package lapidary.exporter.quantize;

import java.util.Objects;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.OnnxGraph;

/** A batch norm that stands in a graph: (x − mean) · gamma / √(variance + ε) + beta. Immutable. */
final class BatchNorm {
  private static final String OPERATOR = "BatchNormalization";
  private static final float USUAL_EPSILON = 1e-5f;

  private final float[] gamma;
  private final float[] beta;
  private final float[] mean;
  private final float[] variance;
  private final float epsilon;

  private BatchNorm(OnnxGraph graph, GraphNode node) {
    this.gamma = parameter(graph, node, 1);
    this.beta = parameter(graph, node, 2);
    this.mean = parameter(graph, node, 3);
    this.variance = parameter(graph, node, 4);
    this.epsilon = node.attributes().get("epsilon") instanceof Attribute.Real real
        ? real.value()
        : USUAL_EPSILON;
  }

  /** Whether a node is one whose parameters are constants. */
  static boolean is(OnnxGraph graph, GraphNode node) {
    return node.operator().equals(OPERATOR)
        && node.inputs().stream().skip(1).allMatch(graph.initializers()::containsKey);
  }

  static BatchNorm of(OnnxGraph graph, GraphNode node) {
    return new BatchNorm(graph, node);
  }

  private static float[] parameter(OnnxGraph graph, GraphNode node, int index) {
    return Objects.requireNonNull(graph.initializers().get(node.inputs().get(index)))
        .floats();
  }

  /** What a channel is multiplied with. */
  double factor(int channel) {
    return gamma[channel] / Math.sqrt((double) variance[channel] + epsilon);
  }

  /** What becomes of a bias that is added to a channel before. */
  float bias(int channel, float before) {
    return (float) ((before - mean[channel]) * factor(channel) + beta[channel]);
  }
}
