package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Value;

/**
 * Layers of one recurrent network, one or two ways, as a node a layer. Weights stay as they are; their gates are brought into ONNX's
 * order by nodes that a runtime folds. Used once.
 */
final class RecurrentLayers {
  /**
   * How the layers are laid out.
   *
   * @param layers how many
   * @param biased whether there are biases
   * @param directions 1 or 2
   * @param batchFirst whether the input is [rows, steps, features], not [steps, rows, features]
   * @param hidden size of the hidden state
   * @param input shape of the input
   */
  record Layout(
      int layers, boolean biased, int directions, boolean batchFirst, long hidden, Shape input) {
    long steps() {
      return input.get(batchFirst ? 1 : 0);
    }

    long rows() {
      return input.get(batchFirst ? 0 : 1);
    }

    long width() {
      return hidden * directions;
    }

    int arraysOfDirection() {
      return biased ? 4 : 2;
    }
  }

  private final Call call;
  private final RecurrentCell cell;
  private final Layout layout;
  private final NDList states;
  private final NDList parameters;
  private final DataType type;
  private final List<List<Value>> last = new ArrayList<>();

  RecurrentLayers(Call call, RecurrentCell cell, Layout layout, NDList states) {
    this.call = call;
    this.cell = cell;
    this.layout = layout;
    this.states = states;
    this.parameters = call.argument(2, NDList.class);
    this.type = call.value(0).type();
  }

  /** The outputs of the last layer at each step, then the last states of all layers. */
  NDList trace() {
    if (type == DataType.FLOAT64 && cell.gates().size() > 1) {
      throw call.refuse(
          cell.operator() + " of FLOAT64, for which runtimes have no kernel", "cast to FLOAT32");
    }
    NDList reals = call.runList();
    Value value = call.value(0);
    if (layout.batchFirst()) {
      value = exchanged(value)
          .step(type, new Shape(layout.steps(), layout.rows(), layout.input().get(2)));
    }
    for (int layer = 0; layer < layout.layers(); layer++) {
      value = layer(value, layer);
    }
    NDList traced = new NDList(finish(value, reals.head()));
    for (int s = 0; s < states.size(); s++) {
      int state = s;
      List<Value> parts = last.stream().map(values -> values.get(state)).toList();
      traced.add(call.node("Concat").with(parts).set("axis", 0L).gives(reals.get(s + 1)));
    }
    return traced;
  }

  private NDArray finish(Value value, NDArray real) {
    return layout.batchFirst()
        ? exchanged(value).gives(real)
        : call.node("Identity").with(value).gives(real);
  }

  private NodeBuilder exchanged(Value value) {
    return call.node("Transpose").with(value).set("perm", new long[] {1, 0, 2});
  }

  /** One layer: [steps, rows, features] → [steps, rows, directions · hidden]. */
  private Value layer(Value input, int layer) {
    Value absent = new Value.Absent();
    Value weights = gathered(layer, 0);
    Value recurrent = gathered(layer, 1);
    Value biases = layout.biased() ? biases(layer) : absent;
    NodeBuilder node = call.node(cell.operator())
        .with(input, weights, recurrent, biases, absent)
        .with(states.stream().map(state -> initial(state, layer)).toList())
        .set("hidden_size", layout.hidden())
        .set("direction", layout.directions() == 2 ? "bidirectional" : "forward");
    Shape state = new Shape(layout.directions(), layout.rows(), layout.hidden());
    List<Shape> shapes = new ArrayList<>(
        List.of(new Shape(layout.steps(), layout.directions(), layout.rows(), layout.hidden())));
    states.forEach(each -> shapes.add(state));
    List<Value> outputs = cell.attributes().apply(node).steps(type, shapes);
    last.add(outputs.subList(1, outputs.size()));
    return joined(outputs.get(0));
  }

  /** Puts the directions of each step side by side. */
  private Value joined(Value output) {
    Shape shape = new Shape(layout.steps(), layout.rows(), layout.width());
    if (layout.directions() == 1) {
      return call.node("Squeeze").with(output, call.integers(1)).step(type, shape);
    }
    Value turned = call.node("Transpose")
        .with(output)
        .set("perm", new long[] {0, 2, 1, 3})
        .step(type, new Shape(layout.steps(), layout.rows(), layout.directions(), layout.hidden()));
    return call.node("Reshape")
        .with(turned, call.integers(0, 0, layout.width()))
        .step(type, shape);
  }

  private Value initial(NDArray state, int layer) {
    long from = (long) layer * layout.directions();
    return call.node("Slice")
        .with(call.valueOf(state), call.integers(from))
        .with(call.integers(from + layout.directions()), call.integers(0))
        .step(type, new Shape(layout.directions(), layout.rows(), layout.hidden()));
  }

  private NDArray parameter(int layer, int direction, int which) {
    int at = (layer * layout.directions() + direction) * layout.arraysOfDirection() + which;
    return parameters.get(at);
  }

  /** One kind of weights of all directions, [directions, gates · hidden, …]. */
  private Value gathered(int layer, int which) {
    List<Value> parts = IntStream.range(0, layout.directions())
        .mapToObj(direction -> opened(ordered(parameter(layer, direction, which))))
        .toList();
    return joined(parts, 0);
  }

  /** Both biases of all directions, [directions, 2 · gates · hidden]. */
  private Value biases(int layer) {
    List<Value> parts = IntStream.range(0, layout.directions())
        .mapToObj(direction -> opened(joined(
            List.of(
                ordered(parameter(layer, direction, 2)), ordered(parameter(layer, direction, 3))),
            0)))
        .toList();
    return joined(parts, 0);
  }

  private Value joined(List<Value> parts, int axis) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long[] shape = parts.get(0).shape().getShape().clone();
    shape[axis] *= parts.size();
    return call.node("Concat").with(parts).set("axis", (long) axis).step(type, new Shape(shape));
  }

  private Value opened(Value value) {
    return call.node("Unsqueeze")
        .with(value, call.integers(0))
        .step(type, new Shape(1).addAll(value.shape()));
  }

  private Value ordered(NDArray parameter) {
    Value value = call.valueOf(parameter);
    if (cell.gates().size() == 1) {
      return value;
    }
    long[] sizes = new long[cell.gates().size()];
    Arrays.fill(sizes, layout.hidden());
    long[] shape = value.shape().getShape().clone();
    shape[0] = layout.hidden();
    List<Shape> shapes =
        IntStream.range(0, sizes.length).mapToObj(i -> new Shape(shape)).toList();
    List<Value> gates =
        call.node("Split").with(value, call.integers(sizes)).set("axis", 0L).steps(type, shapes);
    return joined(cell.gates().stream().map(gates::get).toList(), 0);
  }
}
