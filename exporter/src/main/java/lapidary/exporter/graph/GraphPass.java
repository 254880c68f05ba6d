package lapidary.exporter.graph;

/** A change of a whole graph, such as one to another precision. Used once. */
@FunctionalInterface
public interface GraphPass {
  /** Changes the graph in its place. */
  void apply(OnnxGraph graph);
}
