package lapidary.runtime.operators;

/** Sentences about nodes. Stateless. */
final class Refusals {
  private static final int LONGEST = 80;

  private Refusals() {}

  static RefusedGraph of(GraphNode node, int index, RefusedGraph why) {
    String name = node.name().isEmpty() ? "number " + index : "\"" + shortened(node.name()) + "\"";
    return new RefusedGraph(
        "node " + name + " (" + shortened(node.kind()) + ") " + why.getMessage());
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
  }
}
