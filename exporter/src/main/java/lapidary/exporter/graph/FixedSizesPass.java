package lapidary.exporter.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives inputs and outputs the sizes that they have for inputs of one size: every dimension but the batch is fixed. */
public final class FixedSizesPass implements GraphPass {
  private final Map<String, List<Long>> shapes;

  /** @param shapes of inputs and outputs by name, the batch first; a tensor that is not in it stays as it is */
  public FixedSizesPass(Map<String, List<Long>> shapes) {
    this.shapes = Map.copyOf(shapes);
  }

  @Override
  public void apply(OnnxGraph graph) {
    graph.replacePorts(this::fixed);
  }

  private Port fixed(Port port) {
    List<Long> shape = shapes.get(port.name());
    if (shape == null) {
      return port;
    }
    List<Port.Dimension> dimensions = new ArrayList<>(port.dimensions());
    for (int i = 1; i < dimensions.size(); i++) {
      dimensions.set(i, new Port.Fixed(shape.get(i)));
    }
    return new Port(port.name(), port.type(), dimensions);
  }
}
