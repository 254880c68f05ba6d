package lapidary.exporter.quantize;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.GraphPass;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.TensorData;

/**
 * Takes into the weights what stands behind or before them: a batch norm behind a convolution or a linear layer becomes part of it, and
 * weights that are transposed in the graph are stored transposed. The answers are the same but for rounding.
 */
final class FoldedWeights implements GraphPass {
  @Override
  public void apply(OnnxGraph graph) {
    foldTransposes(graph);
    foldNorms(graph);
    graph.prune();
  }

  private static void foldTransposes(OnnxGraph graph) {
    Uses uses = Uses.of(graph);
    List<GraphNode> changed = graph.nodes().stream()
        .map(node -> node.operator().equals("MatMul")
            ? uses.maker(node.inputs().get(1))
                .flatMap(maker -> transposed(graph, maker))
                .map(weight -> node.withInputs(List.of(node.inputs().get(0), weight)))
                .orElse(node)
            : node)
        .toList();
    graph.replaceNodes(changed);
  }

  /** The name of a matrix that a node transposes, stored transposed. */
  private static Optional<String> transposed(OnnxGraph graph, GraphNode node) {
    String name = node.inputs().get(0);
    return Optional.ofNullable(graph.initializers().get(name))
        .filter(matrix -> node.operator().equals("Transpose"))
        .filter(matrix -> matrix.type() == DataType.FLOAT32 && matrix.shape().size() == 2)
        .map(matrix -> graph.initializer(name + "/transposed", transposed(matrix)));
  }

  private static TensorData transposed(TensorData matrix) {
    float[] from = matrix.floats();
    int rows = Math.toIntExact(matrix.shape().get(0));
    int columns = Math.toIntExact(matrix.shape().get(1));
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      to[i % columns * rows + i / columns] = from[i];
    }
    return TensorData.of(to, List.of((long) columns, (long) rows));
  }

  private static void foldNorms(OnnxGraph graph) {
    Uses uses = Uses.of(graph);
    Map<String, GraphNode> replaced = new TreeMap<>();
    List<GraphNode> kept = new ArrayList<>();
    for (GraphNode node : graph.nodes()) {
      Optional<GraphNode> folded = normAfter(graph, uses, node)
          .flatMap(norm -> Layer.of(graph, node).map(layer -> folded(graph, layer, norm)));
      folded.ifPresent(layer -> replaced.put(layer.outputs().get(0), layer));
      if (folded.isPresent()) {
        kept.add(folded.get());
      } else if (!replaced.containsKey(node.outputs().get(0))) {
        kept.add(node);
      }
    }
    graph.replaceNodes(kept);
  }

  private static Optional<GraphNode> normAfter(OnnxGraph graph, Uses uses, GraphNode node) {
    boolean wide = node.operator().equals("Conv") || node.operator().equals("Gemm");
    return Optional.of(node)
        .filter(layer -> wide)
        .flatMap(layer -> uses.onlyTaker(layer.outputs().get(0)))
        .filter(taker -> BatchNorm.is(graph, taker));
  }

  private static GraphNode folded(OnnxGraph graph, Layer layer, GraphNode norm) {
    BatchNorm values = BatchNorm.of(graph, norm);
    String name = layer.node().inputs().get(1);
    String weight = graph.initializer(name + "/folded", scaled(layer, values));
    String bias = graph.initializer(
        name + "/offset", moved(Arrays.copyOf(layer.bias(graph), layer.channels()), values));
    return layer
        .node()
        .withInputs(List.of(layer.input(), weight, bias))
        .withOutputs(norm.outputs());
  }

  private static TensorData scaled(Layer layer, BatchNorm norm) {
    float[] weights = layer.weight().floats();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] * norm.factor(i / layer.inner() % layer.channels()));
    }
    return TensorData.of(weights, layer.weight().shape());
  }

  private static TensorData moved(float[] bias, BatchNorm norm) {
    for (int c = 0; c < bias.length; c++) {
      bias[c] = norm.bias(c, bias[c]);
    }
    return TensorData.of(bias, List.of((long) bias.length));
  }
}
