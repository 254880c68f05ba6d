package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import lapidary.exporter.graph.ExportException;
import lapidary.models.EnvironmentException;
import org.jspecify.annotations.Nullable;

/**
 * A row of the user's own, which may fail or answer with what is no answer.
 *
 * @param signature of the method that it writes down
 * @param row the user's code
 */
record OwnRow(String signature, Operator row) implements Operator {
  @Override
  public Object trace(Call call) {
    Object answer = run(call);
    boolean list = call.answersList();
    if (answer == null || !(list ? isTracedList(answer) : isTraced(answer))) {
      throw call.refuseRow(
          signature,
          "gives " + described(answer) + ", not " + (list ? "a list of" : "a") + " traced array"
              + (list ? "s" : ""),
          "end with call.node(…).gives(call.run" + (list ? "List" : "") + "())");
    }
    return answer;
  }

  private @Nullable Object run(Call call) {
    try {
      return row.trace(call);
    } catch (ExportException | EnvironmentException e) {
      throw e;
    } catch (RuntimeException e) {
      String message = e.getMessage() == null ? "" : ": " + e.getMessage();
      ExportException refusal = call.refuseRow(
          signature,
          "fails with " + e.getClass().getSimpleName() + message,
          "correct the row; the cause has its line");
      throw new ExportException(String.valueOf(refusal.getMessage()), e);
    }
  }

  private static boolean isTraced(Object answer) {
    return answer instanceof NDArray array && Traced.behind(array) != null;
  }

  private static boolean isTracedList(Object answer) {
    return answer instanceof NDList list && list.stream().allMatch(OwnRow::isTraced);
  }

  private static String described(@Nullable Object answer) {
    if (answer == null) {
      return "nothing";
    }
    return answer instanceof NDArray
        ? "an array of the engine, which stands for nothing in the graph"
        : "a " + answer.getClass().getSimpleName();
  }
}
