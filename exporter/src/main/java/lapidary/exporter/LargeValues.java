package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.HalfPrecision;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.trace.NetworkWriter;
import lapidary.exporter.trace.Trace;

/** The nodes of a graph whose numbers are such as 16 bits do not have. Stateless. */
final class LargeValues {
  /** Rows that were not looked at may have larger ones. */
  private static final double MARGIN = 4;

  private LargeValues() {}

  /**
   * Looks at the numbers that a network had on some rows.
   *
   * @param numbers a trace that computed them, of the same operations as the graph
   * @param probes where its results are in the graph
   * @return the nodes by name, each with the largest number seen
   */
  static SortedMap<String, Double> of(
      OnnxGraph graph, List<NetworkWriter.Probe> probes, Trace numbers) {
    Map<String, String> makers = new HashMap<>();
    for (GraphNode node : graph.nodes()) {
      node.outputs().forEach(value -> makers.put(value, node.name()));
    }
    SortedMap<String, Double> large = new TreeMap<>();
    for (NetworkWriter.Probe probe : probes) {
      double largest = largest(numbers, probe);
      String maker = makers.get(probe.value());
      if (maker != null && MARGIN * largest > HalfPrecision.LARGEST) {
        large.put(maker, largest);
      }
    }
    return large;
  }

  private static double largest(Trace numbers, NetworkWriter.Probe probe) {
    NDArray array = probe.node() < numbers.nodes().size()
        ? numbers.nodes().get(probe.node()).results().get(probe.result()).array()
        : null;
    if (array == null || array.getDataType() != DataType.FLOAT32) {
      return 0;
    }
    double largest = 0;
    for (float number : array.toFloatArray()) {
      // Infinity stays that in 16 bits.
      largest = Float.isFinite(number) ? Math.max(largest, Math.abs(number)) : largest;
    }
    return largest;
  }

  /** What to say of a node that is left in 32 bits. */
  static String note(String node, double largest) {
    return String.format(
        Locale.ROOT,
        "%s is left in 32 bits: its numbers reach %.3g, and those of 16 bits end at %.0f",
        node,
        largest,
        HalfPrecision.LARGEST);
  }
}
