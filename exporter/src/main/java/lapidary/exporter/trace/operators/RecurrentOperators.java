package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;

/** Rows for recurrent networks. The order of gates is the engine's: input, forget, cell, output; reset, update, new. */
final class RecurrentOperators {
  private RecurrentOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put(
        "lstm(NDArray, NDList, NDList, boolean, int, double, boolean, boolean, boolean)",
        RecurrentOperators::lstm);
    rows.put(
        "gru(NDArray, NDArray, NDList, boolean, int, double, boolean, boolean, boolean)",
        RecurrentOperators::gru);
    rows.put(
        "rnn(NDArray, NDArray, NDList, boolean, int, Activation, double, boolean, boolean, boolean)",
        RecurrentOperators::rnn);
  }

  private static NDList lstm(Call call) {
    RecurrentCell cell = new RecurrentCell("LSTM", List.of(0, 3, 1, 2), node -> node);
    return new RecurrentLayers(call, cell, layout(call, 4), call.argument(1, NDList.class)).trace();
  }

  private static NDList gru(Call call) {
    RecurrentCell cell =
        new RecurrentCell("GRU", List.of(1, 0, 2), node -> node.set("linear_before_reset", true));
    return new RecurrentLayers(call, cell, layout(call, 4), states(call)).trace();
  }

  private static NDList rnn(Call call) {
    boolean tanh = call.argument(5, RNN.Activation.class) == RNN.Activation.TANH;
    RecurrentLayers.Layout layout = layout(call, 5);
    String[] activations = new String[layout.directions()];
    Arrays.fill(activations, tanh ? "Tanh" : "Relu");
    RecurrentCell cell =
        new RecurrentCell("RNN", List.of(0), node -> node.set("activations", activations));
    return new RecurrentLayers(call, cell, layout, states(call)).trace();
  }

  private static NDList states(Call call) {
    return new NDList(call.array(1));
  }

  /** Reads the arguments; the drop rate and what follows stand behind the number of layers, or behind an activation. */
  private static RecurrentLayers.Layout layout(Call call, int beforeRate) {
    boolean training = call.flag(beforeRate + 2);
    if (training && call.argument(beforeRate + 1, Double.class) > 0) {
      throw call.refuseTraining("a recurrent layer with dropout");
    }
    NDArray input = call.array(0);
    NDArray state =
        call.argument(1, Object.class) instanceof NDList list ? list.head() : call.array(1);
    Shape hidden = state.getShape();
    return new RecurrentLayers.Layout(
        call.integer(4),
        call.flag(3),
        call.flag(beforeRate + 3) ? 2 : 1,
        call.flag(beforeRate + 4),
        hidden.get(2),
        input.getShape());
  }
}
