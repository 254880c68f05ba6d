package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Output;
import lapidary.models.Projection;

/** Puts a projection of one of a graph's outputs to unit vectors behind it: taken flat, less a mean, times a matrix, scaled to length 1. */
public final class EmbeddingPass implements GraphPass {
  private static final String PLACE = Output.EMBEDDING + "/";

  private final Port source;
  private final Projection projection;

  /**
   * Of an output with a projection.
   *
   * @param source [N, …], as many numbers a row as the projection takes
   */
  public EmbeddingPass(Port source, Projection projection) {
    this.source = source;
    this.projection = projection;
  }

  @Override
  public void apply(OnnxGraph graph) {
    String value = source.name();
    if (source.type() == DataType.FLOAT16) {
      long type = ElementTypes.code(DataType.FLOAT32);
      value = add(graph, "Cast", graph.unique(PLACE + "float"), Attribute.only("to", type), value);
    }
    long inputs = projection.inputs();
    long components = projection.components();
    String mean =
        graph.initializer(PLACE + "mean", TensorData.of(projection.mean(), List.of(inputs)));
    String weights = graph.initializer(
        PLACE + "components", TensorData.of(projection.weights(), List.of(inputs, components)));
    String flat = graph.unique(PLACE + "flat");
    value = add(graph, "Flatten", flat, Attribute.only("axis", 1), value);
    value = add(graph, "Sub", graph.unique(PLACE + "centred"), Attribute.NONE, value, mean);
    value = add(graph, "MatMul", graph.unique(PLACE + "projected"), Attribute.NONE, value, weights);
    add(graph, "LpNormalization", Output.EMBEDDING, euclidean(), value);
    Port.Dimension batch = graph.inputs().get(0).dimensions().get(0);
    graph.addOutput(
        new Port(Output.EMBEDDING, DataType.FLOAT32, List.of(batch, new Port.Fixed(components))));
  }

  private static SortedMap<String, Attribute> euclidean() {
    SortedMap<String, Attribute> attributes = new TreeMap<>(Attribute.only("axis", -1));
    attributes.putAll(Attribute.only("p", 2));
    return attributes;
  }

  private static String add(
      OnnxGraph graph,
      String operator,
      String output,
      SortedMap<String, Attribute> attributes,
      String... from) {
    graph.add(
        new GraphNode(
            graph.unique(PLACE + operator), operator, List.of(from), List.of(output), attributes),
        List.of(DataType.FLOAT32));
    return output;
  }
}
