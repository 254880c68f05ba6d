package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.trace.Node;
import lapidary.exporter.trace.Trace;
import lapidary.exporter.trace.Value;
import org.jspecify.annotations.Nullable;

/** Whether a block gives the same answers when it runs again on the same rows, as a graph does. Stateless. */
final class Steadiness {
  // Threads of an engine may add up in another order.
  private static final double ROUNDING = 1e-5;

  private Steadiness() {}

  /**
   * Refuses a block whose second pass answers otherwise than its first.
   *
   * @param twice the two passes
   * @param cause what led to the question, if something failed
   */
  static void require(List<Trace> twice, @Nullable ExportException cause) {
    Trace first = twice.get(0);
    Trace second = twice.get(1);
    if (!answersAlike(first, second)) {
      ExportException refusal =
          new ExportException("the block answers otherwise when it runs again on the same rows; "
              + place(first, second) + ": draw chance in training only, and keep nothing from one"
              + " pass for the next");
      Optional.ofNullable(cause).ifPresent(refusal::initCause);
      throw refusal;
    }
  }

  private static boolean answersAlike(Trace first, Trace second) {
    return first.outputs().size() == second.outputs().size()
        && IntStream.range(0, first.outputs().size())
            .allMatch(
                i -> alike(array(first.outputs().get(i)), array(second.outputs().get(i))));
  }

  private static @Nullable NDArray array(Value value) {
    if (value instanceof Value.Result result) {
      return result.array();
    }
    return value instanceof Value.Constant constant ? constant.array() : null;
  }

  private static boolean alike(@Nullable NDArray left, @Nullable NDArray right) {
    if (left == null || right == null || left == right) {
      return true;
    }
    Numbers wanted = Numbers.of(left);
    Numbers given = Numbers.of(right);
    return given.sameShape(wanted) && given.from(wanted).relative() <= ROUNDING;
  }

  private static String place(Trace first, Trace second) {
    int common = Math.min(first.nodes().size(), second.nodes().size());
    return IntStream.range(0, common)
        .filter(i -> !computesAlike(first.nodes().get(i), second.nodes().get(i)))
        .mapToObj(i -> first.nodes().get(i))
        .map(node -> "the first to differ is " + node.operator() + " in " + node.place())
        .findFirst()
        .orElse("it does more or less the second time");
  }

  private static boolean computesAlike(Node left, Node right) {
    List<NDArray> answers = arrays(left).toList();
    List<NDArray> again = arrays(right).toList();
    return left.operator().equals(right.operator())
        && answers.size() == again.size()
        && IntStream.range(0, answers.size()).allMatch(i -> alike(answers.get(i), again.get(i)));
  }

  private static Stream<NDArray> arrays(Node node) {
    return node.results().stream().map(Value.Result::array).flatMap(Stream::ofNullable);
  }
}
