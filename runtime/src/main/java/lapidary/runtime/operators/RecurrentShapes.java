package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurrent layers. Stateless. */
final class RecurrentShapes {

  private RecurrentShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "rnn" -> layer(call, 1, 1);
      case "gru" -> layer(call, 3, 2);
      case "lstm" -> layer(call, 4, 3);
      default -> null;
    };
  }

  private static List<Known> layer(Call call, long gates, int activations) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0);
    require(call.number("layout", 0) == 0, "has batches first");
    long hidden = call.number("hidden_size", 0);
    long ways = call.text("direction", "forward").equals("bidirectional") ? 2 : 1;
    long steps = dims.get(0);
    long batch = dims.get(1);
    call.requireShape(1, ways, gates * hidden, dims.get(2));
    call.requireShape(2, ways, gates * hidden, hidden);
    call.requireShape(3, ways, 2 * gates * hidden);
    call.requireShape(5, ways, batch, hidden);
    call.requireShape(6, ways, batch, hidden);
    call.requireShape(7, ways, 3 * hidden);
    requireLengths(call, steps, batch);
    requireActivations(call, ways * activations);
    Known last = Known.of(call.in(0).type(), List.of(ways, batch, hidden));
    return List.of(Known.of(call.in(0).type(), List.of(steps, ways, batch, hidden)), last, last);
  }

  private static void requireLengths(Call call, long steps, long batch) throws RefusedGraph {
    call.requireShape(4, batch);
    for (long length : call.has(4) ? call.told(4) : List.<Long>of()) {
      require(
          steps != OPEN && length >= 0 && length <= steps,
          "has a sequence of %s steps where there are %s",
          length,
          steps);
    }
  }

  private static void requireActivations(Call call, long wanted) throws RefusedGraph {
    int count = call.count("activations");
    require(count == 0 || count == wanted, "has %s activations, not %s", count, wanted);
    for (String name : List.of("activation_alpha", "activation_beta")) {
      require(call.count(name) <= wanted, "has too many numbers in %s", name);
    }
  }
}
