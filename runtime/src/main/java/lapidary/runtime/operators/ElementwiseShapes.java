package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators on one element, or on elements that stand opposite each other. Stateless. */
final class ElementwiseShapes {
  private static final Set<Integer> WHOLE = Set.of(2, 3, 4, 5, 6, 7, 12, 13);

  private ElementwiseShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "identity" -> List.of(call.in(0));
      case "same" ->
        List.of(new Known(call.in(0).type(), call.in(0).dims(), ReckonedSizes.of(call)));
      case "cast" -> cast(call);
      case "castLike" -> List.of(call.in(0).cast(call.in(1).type()));
      case "test" -> List.of(Known.of(Known.BOOL, call.in(0).dims()));
      case "clip" -> clip(call);
      case "dropout" -> dropout(call);
      case "arithmetic" -> arithmetic(call);
      case "divide" -> divide(call);
      case "compare" -> compare(call);
      case "slope" -> slope(call);
      case "where" -> where(call);
      default -> null;
    };
  }

  private static List<Known> cast(Call call) throws RefusedGraph {
    long to = call.number("to", call.number("dtype", call.in(0).type()));
    require(to == 0 || Known.isType((int) to), "makes tensors of type %s", to);
    return List.of(
        call.has("to")
            ? call.in(0).cast((int) to)
            : Known.of((int) to, call.in(0).dims()));
  }

  private static List<Known> clip(Call call) throws RefusedGraph {
    for (int bound : new int[] {1, 2}) {
      call.requireOne(bound);
      call.requireAlike(0, bound);
    }
    return List.of(Known.of(call.in(0).type(), call.in(0).dims()));
  }

  private static List<Known> dropout(Call call) throws RefusedGraph {
    call.requireOne(1);
    call.requireOne(2);
    List<Long> dims = call.in(0).dims();
    return List.of(Known.of(call.in(0).type(), dims), Known.of(Known.BOOL, dims));
  }

  private static List<Known> arithmetic(Call call) throws RefusedGraph {
    for (int i = 1; i < call.inputs().size(); i++) {
      require(
          call.node().operator().equals("Pow") || alike(call, i), "inputs are of different types");
    }
    return List.of(new Known(call.in(0).type(), broadcast(call, 0), ReckonedSizes.of(call)));
  }

  private static boolean alike(Call call, int index) {
    int one = call.in(0).type();
    int other = call.in(index).type();
    return one == 0 || other == 0 || one == other;
  }

  /** Whole numbers are divided by what stands in the file: division by zero, and of the least by -1, ends the process. */
  private static List<Known> divide(Call call) throws RefusedGraph {
    require(alike(call, 1), "inputs are of different types");
    boolean real = call.in(0).type() > 0 && !WHOLE.contains(call.in(0).type());
    if (!real) {
      for (long divisor : call.told(1)) {
        require(divisor != 0 && divisor != -1, "divides by %s", divisor);
      }
    }
    return List.of(new Known(call.in(0).type(), broadcast(call, 0), ReckonedSizes.of(call)));
  }

  private static List<Known> compare(Call call) throws RefusedGraph {
    require(alike(call, 1), "inputs are of different types");
    List<Long> dims = broadcast(call, 0);
    return List.of(new Known(Known.BOOL, dims, ReckonedSizes.of(call)));
  }

  private static List<Known> slope(Call call) throws RefusedGraph {
    requireInto(call.in(1), call.in(0), "the slope");
    return List.of(Known.of(call.in(0).type(), call.in(0).dims()));
  }

  /** Holds if one tensor is stretched to another's shape and not the other way round. */
  static void requireInto(Known small, Known large, String what) throws RefusedGraph {
    if (small.dims() == null || large.dims() == null) {
      return;
    }
    require(small.rank() <= large.rank(), "%s has more dimensions than what it goes with", what);
    for (int i = 1; i <= small.rank(); i++) {
      long size = small.size(-i);
      require(
          size == 1 || size == OPEN || large.size(-i) == OPEN || size == large.size(-i),
          "%s is %s where %s is asked for",
          what,
          small.dims(),
          large.dims());
    }
  }

  private static List<Known> where(Call call) throws RefusedGraph {
    call.requireAlike(1, 2);
    List<Long> dims = broadcast(call, 0);
    return List.of(new Known(call.in(1).type(), dims, ReckonedSizes.of(call)));
  }

  /** The common shape of the inputs; null if a rank is unknown. */
  static @Nullable List<Long> broadcast(Call call, int from) throws RefusedGraph {
    List<Long> dims = new ArrayList<>();
    for (int i = from; i < call.inputs().size(); i++) {
      require(call.has(i), "leaves out an input");
      List<Long> more = call.in(i).dims();
      if (more == null) {
        return null;
      }
      dims = broadcast(dims, more);
    }
    return dims;
  }

  static List<Long> broadcast(List<Long> one, List<Long> other) throws RefusedGraph {
    List<Long> longer = new ArrayList<>(one.size() < other.size() ? other : one);
    List<Long> shorter = one.size() < other.size() ? one : other;
    int shift = longer.size() - shorter.size();
    for (int i = 0; i < shorter.size(); i++) {
      long a = longer.get(i + shift);
      long b = shorter.get(i);
      require(
          a == b || a == 1 || b == 1 || a == OPEN || b == OPEN,
          "inputs of %s and %s do not go together",
          one,
          other);
      longer.set(i + shift, a == 1 || (a == OPEN && b > 1) ? b : a);
    }
    return longer;
  }
}
