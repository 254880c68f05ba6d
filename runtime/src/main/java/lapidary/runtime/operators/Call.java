package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A node and what is known of its inputs.
 *
 * @param node of the graph
 * @param inputs in order, {@link Known#NOTHING} for one that is left out
 * @param opset in force
 */
record Call(GraphNode node, List<Known> inputs, int opset) {
  Known in(int index) {
    return index < inputs.size() ? inputs.get(index) : Known.NOTHING;
  }

  boolean has(int index) {
    return index >= 0
        && index < node.inputs().size()
        && !node.inputs().get(index).isEmpty();
  }

  boolean has(String attribute) {
    return node.attributes().containsKey(attribute);
  }

  long number(String attribute, long otherwise) {
    NodeAttribute found = node.attributes().get(attribute);
    return found == null || found.numbers().isEmpty()
        ? otherwise
        : found.numbers().get(0);
  }

  List<Long> numbers(String attribute, List<Long> otherwise) {
    NodeAttribute found = node.attributes().get(attribute);
    return found == null ? otherwise : found.numbers();
  }

  String text(String attribute, String otherwise) {
    NodeAttribute found = node.attributes().get(attribute);
    return found == null || found.texts().isEmpty() ? otherwise : found.texts().get(0);
  }

  /** How many numbers, real numbers or texts there are. */
  int count(String attribute) {
    NodeAttribute found = node.attributes().get(attribute);
    return found == null ? 0 : found.count();
  }

  /** The rank of an input, which has to be known. */
  int rank(int index) throws RefusedGraph {
    require(in(index).dims() != null, "input %s is of a rank that does not follow", index);
    return in(index).rank();
  }

  /** The dimensions of an input, which have to be known in number. */
  List<Long> dims(int index) throws RefusedGraph {
    require(in(index).dims() != null, "input %s is of a rank that does not follow", index);
    return java.util.Objects.requireNonNull(in(index).dims());
  }

  /** Whole numbers that an input consists of and that follow from the file. */
  List<Long> values(int index) throws RefusedGraph {
    require(
        in(index).values() != null,
        "input %s does not follow from the file, or is not a short list of whole numbers",
        index);
    return java.util.Objects.requireNonNull(in(index).values());
  }

  /** The same, all of them told. */
  List<Long> told(int index) throws RefusedGraph {
    require(!values(index).contains(Known.UNTOLD), "input %s depends on an open size", index);
    return values(index);
  }

  /** An axis from the front. */
  static int axis(long axis, int rank) throws RefusedGraph {
    require(axis >= -rank && axis < rank, "has axis %s where there are %s", axis, rank);
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Different axes from the front. */
  static List<Integer> axes(List<Long> axes, int rank) throws RefusedGraph {
    List<Integer> from = new ArrayList<>();
    for (long axis : axes) {
      int known = axis(axis, rank);
      require(!from.contains(known), "has axis %s twice", axis);
      from.add(known);
    }
    return from;
  }

  /** Holds if an input is of certain sizes, open ones aside. */
  void requireShape(int index, Long... sizes) throws RefusedGraph {
    if (has(index)) {
      requireSame(dims(index), List.of(sizes), "input %s", index);
    }
  }

  static void requireSame(List<Long> found, List<Long> wanted, String what, Object... about)
      throws RefusedGraph {
    boolean same = found.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = found.get(i) == OPEN || wanted.get(i) == OPEN || found.get(i).equals(wanted.get(i));
    }
    if (!same) {
      String named = String.format(Locale.ROOT, what, about);
      throw new RefusedGraph(named + " is " + found + ", not " + wanted);
    }
  }

  /** Holds if an input is one number. */
  void requireOne(int index) throws RefusedGraph {
    if (has(index)) {
      require(in(index).count() == 1 && rank(index) <= 1, "input %s is not one number", index);
    }
  }

  /** Holds if no input has a size of zero. */
  void requireValues(int... which) throws RefusedGraph {
    for (int index : which) {
      require(!in(index).hasZero(), "input %s is empty", index);
    }
  }

  /** Holds if inputs that are there are of one type. */
  void requireAlike(int first, int second) throws RefusedGraph {
    int one = in(first).type();
    int other = in(second).type();
    require(
        one == 0 || other == 0 || one == other,
        "inputs %s and %s are of types %s and %s",
        first,
        second,
        one,
        other);
  }

  /** One output like the first input, of a shape. */
  List<Known> gives(List<Long> dims) {
    return List.of(Known.of(in(0).type(), dims));
  }
}
