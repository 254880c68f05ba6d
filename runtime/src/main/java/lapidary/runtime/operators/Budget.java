package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory of the values that are needed at one time, as far as sizes follow from the file. Not thread-safe. */
final class Budget {
  /** All values of one moment, weights aside: 768 MiB. */
  static final double MOST_BYTES = 768L << 20;

  private final Map<Integer, List<String>> last = new HashMap<>();
  private final Map<String, Double> alive = new HashMap<>();
  private double bytes;

  Budget(OnnxGraph graph) {
    Map<String, Integer> users = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String name : graph.nodes().get(i).inputs()) {
        users.put(name, i);
      }
    }
    graph.outputs().forEach(users::remove);
    users.forEach(
        (name, user) -> last.computeIfAbsent(user, i -> new ArrayList<>()).add(name));
  }

  void made(String name, Known value) throws RefusedGraph {
    double more = value.bytes();
    require(
        more <= MOST_BYTES && bytes + more <= MOST_BYTES,
        "makes " + value.dims() + ", with which values take more than " + ((long) MOST_BYTES >> 20)
            + " MiB");
    bytes += more;
    alive.put(name, more);
  }

  /** The node with this number has run. */
  void done(int node) {
    for (String name : last.getOrDefault(node, List.of())) {
      Double gone = alive.remove(name);
      bytes -= gone == null ? 0 : gone;
    }
  }
}
