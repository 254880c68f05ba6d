package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Memory of the values that are needed at one time, as far as sizes follow from the file. Not thread-safe. */
final class Budget {
  /** All values of one moment, weights aside: 768 MiB. */
  static final double MOST_BYTES = 768L << 20;

  /** The outputs of the graph, which are copied into Java's heap: 192 MiB. */
  static final double MOST_ANSWERS = 192L << 20;

  private final Set<String> outputs;
  private final Set<String> used;
  private final Map<Integer, List<String>> last = new HashMap<>();
  private final Map<String, Double> alive = new HashMap<>();
  private double bytes;
  private double answers;

  Budget(OnnxGraph graph) {
    Map<String, Integer> users = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String name : graph.nodes().get(i).inputs()) {
        users.put(name, i);
      }
    }
    outputs = Set.copyOf(graph.outputs());
    used = Set.copyOf(users.keySet());
    for (String output : outputs) {
      users.remove(output);
    }
    for (Map.Entry<String, Integer> user : users.entrySet()) {
      List<String> names = last.getOrDefault(user.getValue(), new ArrayList<>());
      names.add(user.getKey());
      last.put(user.getValue(), names);
    }
  }

  void made(String name, Known value) throws RefusedGraph {
    double more = value.bytes();
    require(
        more <= MOST_BYTES && bytes + more <= MOST_BYTES,
        "makes %s, with which values take more than %s MiB",
        value.dims(),
        ((long) MOST_BYTES >> 20));
    answers += outputs.contains(name) ? more : 0;
    require(
        answers <= MOST_ANSWERS,
        "makes %s, with which the graph's outputs take more than %s MiB",
        value.dims(),
        ((long) MOST_ANSWERS >> 20));
    // What nobody takes is gone with its node.
    if (used.contains(name) || outputs.contains(name)) {
      bytes += more;
      alive.put(name, more);
    }
  }

  /** The node with this number has run. */
  void done(int node) {
    for (String name : last.getOrDefault(node, List.of())) {
      Double gone = alive.remove(name);
      bytes -= gone == null ? 0 : gone;
    }
  }
}
