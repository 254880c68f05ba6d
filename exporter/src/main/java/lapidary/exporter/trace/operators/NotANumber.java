package lapidary.exporter.trace.operators;

import ai.djl.ndarray.types.DataType;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.NodeBuilder;
import lapidary.exporter.trace.Value;

/** Nodes for what the engine makes of NaN where runtimes make something else. Numbers that cannot be NaN need none. Stateless. */
final class NotANumber {
  private NotANumber() {}

  /** Whether there may be a NaN among the numbers. */
  static boolean matters(Value value) {
    return value.type().isFloating() && value.mayBeNaN();
  }

  /** Where NaN is. */
  static Value found(Call call, Value value) {
    return call.node("IsNaN").with(value).step(DataType.BOOLEAN, value.shape());
  }

  /** 1 where NaN is, else 0. */
  static Value marks(Call call, Value value) {
    return call.cast(found(call, value), value.type());
  }

  /** The numbers with another in the place of NaN. */
  static Value replaced(Call call, Value value, double by) {
    return call.node("Where")
        .with(found(call, value), call.scalar(by, value.type()), value)
        .step(value.type(), value.shape());
  }

  /** NaN where a mark is, else the numbers. */
  static NodeBuilder spread(Call call, Value marks, Value numbers) {
    return call.node("Where")
        .with(call.cast(marks, DataType.BOOLEAN), call.scalar(Float.NaN, numbers.type()), numbers);
  }
}
