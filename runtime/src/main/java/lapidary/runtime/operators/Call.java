package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.List;

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
    require(in(index).dims() != null, "input " + index + " is of a rank that does not follow");
    return in(index).rank();
  }

  /** The dimensions of an input, which have to be known in number. */
  List<Long> dims(int index) throws RefusedGraph {
    require(in(index).dims() != null, "input " + index + " is of a rank that does not follow");
    return java.util.Objects.requireNonNull(in(index).dims());
  }

  /** Whole numbers that an input consists of and that follow from the file. */
  List<Long> values(int index) throws RefusedGraph {
    require(
        in(index).values() != null,
        "input " + index
            + " does not follow from the file, or is not a short list of whole numbers");
    return java.util.Objects.requireNonNull(in(index).values());
  }

  /** The same, all of them told. */
  List<Long> told(int index) throws RefusedGraph {
    require(!values(index).contains(Known.UNTOLD), "input " + index + " depends on an open size");
    return values(index);
  }

  /** An axis from the front. */
  static int axis(long axis, int rank) throws RefusedGraph {
    require(axis >= -rank && axis < rank, "has axis " + axis + " where there are " + rank);
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Different axes from the front. */
  static List<Integer> axes(List<Long> axes, int rank) throws RefusedGraph {
    List<Integer> from = new ArrayList<>();
    for (long axis : axes) {
      int known = axis(axis, rank);
      require(!from.contains(known), "has axis " + axis + " twice");
      from.add(known);
    }
    return from;
  }

  /** Holds if an input is of certain sizes, open ones aside. */
  void requireShape(int index, Long... sizes) throws RefusedGraph {
    if (has(index)) {
      requireSame(dims(index), List.of(sizes), "input " + index);
    }
  }

  static void requireSame(List<Long> found, List<Long> wanted, String what) throws RefusedGraph {
    boolean same = found.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = found.get(i) == OPEN || wanted.get(i) == OPEN || found.get(i).equals(wanted.get(i));
    }
    require(same, what + " is " + found + ", not " + wanted);
  }

  /** Holds if an input is one number. */
  void requireOne(int index) throws RefusedGraph {
    if (has(index)) {
      require(in(index).count() == 1 && rank(index) <= 1, "input " + index + " is not one number");
    }
  }

  /** Holds if no input has a size of zero. */
  void requireValues(int... which) throws RefusedGraph {
    for (int index : which) {
      require(!in(index).hasZero(), "input " + index + " is empty");
    }
  }

  /** Holds if inputs that are there are of one type. */
  void requireAlike(int first, int second) throws RefusedGraph {
    int one = in(first).type();
    int other = in(second).type();
    require(
        one == 0 || other == 0 || one == other,
        "inputs " + first + " and " + second + " are of types " + one + " and " + other);
  }

  /** One output like the first input, of a shape. */
  List<Known> gives(List<Long> dims) {
    return List.of(Known.of(in(0).type(), dims));
  }
}
