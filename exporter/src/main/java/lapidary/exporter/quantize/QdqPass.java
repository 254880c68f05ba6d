package lapidary.exporter.quantize;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.GraphPass;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.TensorData;

/**
 * Lets some layers of a graph compute in 8 bits: each value on the way is encoded and decoded again (QuantizeLinear,
 * DequantizeLinear), which runtimes take as one with the layer between. Any runtime that knows the two gives the same answers but
 * for the rounding of the codes; sums of products are whole numbers.
 */
final class QdqPass implements GraphPass {
  private final Set<String> chosen;
  private final Map<String, Interval> intervals;
  private final Map<String, double[]> means;

  /**
   * The pass.
   *
   * @param chosen names of the layers
   * @param intervals of the values that are encoded, by name
   * @param means of the channels of what layers are computed of, by name
   */
  QdqPass(Set<String> chosen, Map<String, Interval> intervals, Map<String, double[]> means) {
    this.chosen = Set.copyOf(chosen);
    this.intervals = Map.copyOf(intervals);
    this.means = Map.copyOf(means);
  }

  @Override
  public void apply(OnnxGraph graph) {
    new Encoding(graph, IntegerPart.of(graph, chosen)).write();
  }

  /** One use of the pass. */
  private final class Encoding {
    private final OnnxGraph graph;
    private final IntegerPart part;
    private final Map<String, String> decoded = new HashMap<>();
    private final Set<String> spared = new HashSet<>();
    private final List<GraphNode> written = new ArrayList<>();

    Encoding(OnnxGraph graph, IntegerPart part) {
      this.graph = graph;
      this.part = part;
    }

    void write() {
      for (GraphNode node : graph.nodes()) {
        if (!spared.contains(node.name())) {
          write(node);
        }
      }
      graph.replaceNodes(written);
      graph.prune();
    }

    private void write(GraphNode node) {
      String made = node.outputs().get(0);
      GraphNode result = part.has(node) ? inCodes(node) : node;
      String end = part.end(made);
      if (!part.has(node) || !part.isEncodedEnd(end)) {
        written.add(result);
        return;
      }
      graph.nodes().stream()
          .filter(relu -> !end.equals(made) && relu.outputs().contains(end))
          .forEach(relu -> spared.add(relu.name()));
      String raw = graph.unique(end + "/raw");
      written.add(result.withOutputs(List.of(raw)));
      decode(encode(raw, end), end, end);
      decoded.put(end, end);
    }

    private GraphNode inCodes(GraphNode node) {
      List<String> inputs = new ArrayList<>();
      part.layer(node)
          .ifPresentOrElse(
              layer -> inputs.addAll(ofLayer(layer)),
              () -> node.inputs().forEach(value -> inputs.add(decoded(value))));
      return node.withInputs(inputs);
    }

    private List<String> ofLayer(Layer layer) {
      float scale = interval(layer.input()).scale();
      float[] given = layer.bias(graph);
      Codes codes = Codes.of(layer, scale, given);
      float[] bias = BiasCorrection.corrected(
          layer, codes, given, Objects.requireNonNull(means.get(layer.input())));
      String weight = layer.node().inputs().get(1);
      List<String> inputs = new ArrayList<>();
      inputs.add(decoded(layer.input()));
      inputs.add(constant(weight, codes.weights(), codes.weightScales(), layer.channel()));
      if (bias.length > 0) {
        inputs.add(constant(
            layer.node().inputs().get(2), codes.bias(scale, bias), codes.biasScales(scale), 0));
      }
      return inputs;
    }

    /** Codes that are decoded where they are used. */
    private String constant(String name, TensorData codes, TensorData scales, int channel) {
      ByteBuffer zeros = ByteBuffer.allocate(
          codes.type().getNumOfBytes() * scales.shape().get(0).intValue());
      List<String> from = List.of(
          graph.initializer(name + "/codes", codes),
          graph.initializer(name + "/scales", scales),
          graph.initializer(name + "/zeros", new TensorData(codes.type(), scales.shape(), zeros)));
      String value = graph.unique(name + "/decoded");
      add("DequantizeLinear", from, value, Attribute.only("axis", channel), DataType.FLOAT32);
      return value;
    }

    /** The name of a value after its codes. */
    private String decoded(String value) {
      return decoded.computeIfAbsent(value, from -> {
        String to = graph.unique(from + "/decoded");
        decode(encode(from, from), from, to);
        return to;
      });
    }

    private String encode(String from, String value) {
      String codes = graph.unique(value + "/codes");
      add(
          "QuantizeLinear",
          List.of(from, scale(value), zeroPoint(value)),
          codes,
          Attribute.NONE,
          DataType.UINT8);
      return codes;
    }

    private void decode(String codes, String value, String to) {
      add(
          "DequantizeLinear",
          List.of(codes, scale(value), zeroPoint(value)),
          to,
          Attribute.NONE,
          DataType.FLOAT32);
    }

    private String scale(String value) {
      return graph.initializer("scale", TensorData.of(interval(value).scale(), DataType.FLOAT32));
    }

    private String zeroPoint(String value) {
      return graph.initializer("zero", TensorData.of(interval(value).zeroPoint(), DataType.UINT8));
    }

    private Interval interval(String value) {
      return Objects.requireNonNull(intervals.get(part.measured(value)), value);
    }

    private void add(
        String operator,
        List<String> from,
        String to,
        SortedMap<String, Attribute> attributes,
        DataType type) {
      written.add(new GraphNode(
          graph.unique(to + "/" + operator), operator, from, List.of(to), attributes));
      graph.setType(to, type);
    }
  }
}
