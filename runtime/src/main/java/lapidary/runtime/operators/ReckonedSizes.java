package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.UNTOLD;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers that sizes are reckoned with, element by element, as ONNX Runtime will reckon with them. What is told stays told: a
 * size that was lost on the way could be of any size. Truth is 1, falsehood 0. Stateless.
 */
final class ReckonedSizes {
  private static final int MOST = 64;

  private ReckonedSizes() {}

  /** Of inputs that are lists of one length, or one number; null if they are neither, or the operator is not known here. */
  static @Nullable List<Long> of(Call call) {
    int count = 0;
    for (Known input : call.inputs()) {
      if (input.values() == null || input.values().isEmpty() || input.rank() > 1) {
        return null;
      }
      count = Math.max(count, input.values().size());
    }
    List<Long> reckoned = new ArrayList<>();
    for (int i = 0; i < count && count <= MOST; i++) {
      Long value = value(call, i, count);
      if (value == null) {
        return null;
      }
      boolean narrow = call.in(0).type() == Known.INT32 && value != UNTOLD;
      reckoned.add(narrow ? (long) value.intValue() : value);
    }
    return reckoned.isEmpty() ? null : reckoned;
  }

  private static @Nullable Long value(Call call, int at, int count) {
    List<Long> values = new ArrayList<>();
    for (Known input : call.inputs()) {
      List<Long> all = input.values();
      if (all == null || (all.size() != 1 && all.size() != count)) {
        return null;
      }
      values.add(all.get(all.size() == 1 ? 0 : at));
    }
    String operator = call.node().operator();
    if (operator.equals("Where")) {
      return values.get(0) == UNTOLD ? (Long) UNTOLD : values.get(values.get(0) != 0 ? 1 : 2);
    }
    if (values.size() == 1) {
      return one(operator, values.get(0));
    }
    return values.size() == 2 && call.number("fmod", 0) == 0
        ? two(operator, values.get(0), values.get(1))
        : null;
  }

  private static @Nullable Long one(String operator, long value) {
    Long made = switch (operator) {
      case "Neg" -> -value;
      case "Abs" -> Math.abs(value);
      case "Not" -> 1 - value;
      default -> null;
    };
    return told(made, value != UNTOLD);
  }

  private static @Nullable Long two(String operator, long one, long other) {
    boolean divides = operator.equals("Div") || operator.equals("Mod");
    Long made = switch (operator) {
      case "Add", "Sum" -> one + other;
      case "Sub" -> one - other;
      case "Mul" -> one * other;
      case "Div" -> other == 0 ? null : (Long) (one / other);
      case "Mod" -> other == 0 ? null : (Long) Math.floorMod(one, other);
      case "Max" -> Math.max(one, other);
      case "Min" -> Math.min(one, other);
      default -> truth(operator, one, other);
    };
    return told(made, one != UNTOLD && (divides || other != UNTOLD));
  }

  /** What was reckoned with a number that is not told is not told; what only looks so follows from nothing. */
  private static @Nullable Long told(@Nullable Long made, boolean told) {
    if (made == null || (told && made == UNTOLD)) {
      return null;
    }
    return told ? made : (Long) UNTOLD;
  }

  private static @Nullable Long truth(String operator, long one, long other) {
    return switch (operator) {
      case "Equal" -> one == other ? 1L : 0L;
      case "Greater" -> one > other ? 1L : 0L;
      case "GreaterOrEqual" -> one >= other ? 1L : 0L;
      case "Less" -> one < other ? 1L : 0L;
      case "LessOrEqual" -> one <= other ? 1L : 0L;
      case "And" -> one & other;
      case "Or" -> one | other;
      case "Xor" -> one ^ other;
      default -> null;
    };
  }
}
