package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Products of matrices, and normalisation. Stateless. */
final class LayerShapes {

  private LayerShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "gemm" -> gemm(call);
      case "matmul" -> List.of(Known.of(call.in(0).type(), product(call, 0, 1)));
      case "matmulInteger" -> matmulInteger(call);
      case "qMatmul" -> qMatmul(call);
      case "einsum" -> einsum(call);
      case "channels" -> channels(call);
      case "groups" -> groups(call);
      case "layer" -> layer(call);
      case "moments" -> moments(call);
      case "lrn" -> lrn(call);
      default -> null;
    };
  }

  private static List<Known> gemm(Call call) throws RefusedGraph {
    require(call.rank(0) == 2 && call.rank(1) == 2, "inputs are not matrices");
    call.requireValues(0, 1);
    boolean firstTurned = call.number("transA", 0) == 1;
    boolean secondTurned = call.number("transB", 0) == 1;
    long inner = call.in(0).size(firstTurned ? 0 : 1);
    long other = call.in(1).size(secondTurned ? 1 : 0);
    require(
        inner == other || inner == OPEN || other == OPEN,
        "matrices of %s and %s do not go together",
        call.dims(0),
        call.dims(1));
    List<Long> shape =
        List.of(call.in(0).size(firstTurned ? 1 : 0), call.in(1).size(secondTurned ? 0 : 1));
    if (call.has(2)) {
      ElementwiseShapes.requireInto(call.in(2), Known.of(0, shape), "the bias");
    }
    return call.gives(shape);
  }

  static List<Long> product(Call call, int first, int second) throws RefusedGraph {
    List<Long> one = call.dims(first);
    List<Long> other = call.dims(second);
    require(!one.isEmpty() && !other.isEmpty(), "an input is a number, not a matrix");
    call.requireValues(first, second);
    long inner = one.get(one.size() - 1);
    long rows = other.get(Math.max(0, other.size() - 2));
    require(
        inner == rows || inner == OPEN || rows == OPEN,
        "matrices of %s and %s do not go together",
        one,
        other);
    List<Long> shape = ElementwiseShapes.broadcast(
        one.subList(0, Math.max(0, one.size() - 2)),
        other.subList(0, Math.max(0, other.size() - 2)));
    if (one.size() > 1) {
      shape.add(one.get(one.size() - 2));
    }
    if (other.size() > 1) {
      shape.add(other.get(other.size() - 1));
    }
    return shape;
  }

  private static List<Known> matmulInteger(Call call) throws RefusedGraph {
    call.requireOne(2);
    if (call.has(3)) {
      long count = call.in(3).count();
      require(
          call.rank(3) <= 1 && (count == 1 || count == call.in(1).size(-1)),
          "input 3 has %s values for an input of %s",
          count,
          call.dims(1));
    }
    require(call.rank(0) > 1 && call.rank(1) > 1, "inputs are not matrices");
    return List.of(Known.of(Known.INT32, product(call, 0, 1)));
  }

  private static List<Known> qMatmul(Call call) throws RefusedGraph {
    require(call.rank(0) > 1 && call.rank(3) > 1, "inputs are not matrices");
    for (int one : new int[] {1, 2, 6, 7}) {
      call.requireOne(one);
    }
    for (int points : new int[] {4, 5}) {
      long count = call.in(points).count();
      require(
          call.rank(points) <= 1 && (count == 1 || count == call.in(3).size(-1)),
          "input %s has %s values for an input of %s",
          points,
          count,
          call.dims(3));
    }
    return List.of(Known.of(call.in(7).type(), product(call, 0, 3)));
  }

  /** Letters only: without an ellipsis each letter is a dimension. */
  private static List<Known> einsum(Call call) throws RefusedGraph {
    String equation = call.text("equation", "").replace(" ", "");
    require(
        equation.matches("[A-Za-z]+(,[A-Za-z]+)*->[A-Za-z]*"),
        "equation is not of letters, commas and an arrow");
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    require(terms.length == call.inputs().size(), "equation is not of its inputs");
    Map<Character, Long> sizes = new HashMap<>();
    for (int i = 0; i < terms.length; i++) {
      require(
          call.has(i) && call.rank(i) == terms[i].length(),
          "term \"%s\" is not of its input",
          terms[i]);
      call.requireValues(i);
      call.requireAlike(0, i);
      for (int at = 0; at < terms[i].length(); at++) {
        long size = call.in(i).size(at);
        long before = sizes.getOrDefault(terms[i].charAt(at), OPEN);
        require(
            before == OPEN || size == OPEN || before == size,
            "letter \"%s\" has two sizes",
            terms[i].charAt(at));
        sizes.put(terms[i].charAt(at), before == OPEN ? size : before);
      }
    }
    return call.gives(result(sides[1], sizes));
  }

  private static List<Long> result(String letters, Map<Character, Long> sizes) throws RefusedGraph {
    List<Long> shape = new ArrayList<>();
    for (int at = 0; at < letters.length(); at++) {
      char letter = letters.charAt(at);
      require(
          sizes.containsKey(letter) && letters.indexOf(letter) == at,
          "letter \"%s\" of the result does not follow",
          letter);
      shape.add(sizes.get(letter));
    }
    return shape;
  }

  /** A number a channel for each of the other inputs. */
  private static List<Known> channels(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0, 1);
    long channels = dims.get(1) == OPEN ? call.in(1).size(0) : dims.get(1);
    for (int i = 1; i < call.inputs().size(); i++) {
      call.requireShape(i, channels);
    }
    return call.gives(dims);
  }

  private static List<Known> groups(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0);
    require(
        dims.get(1) != OPEN && dims.get(1) % call.number("num_groups", 1) == 0,
        "channels of %s are not of the groups asked for",
        dims);
    call.requireShape(1, dims.get(1));
    call.requireShape(2, dims.get(1));
    return call.gives(dims);
  }

  private static List<Known> layer(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    int axis = Call.axis(call.number("axis", -1), dims.size());
    call.requireValues(0);
    require(call.node().inputs().size() == (call.has(2) ? 3 : 2), "leaves out an input");
    List<Long> normalised = dims.subList(axis, dims.size());
    Call.requireSame(call.dims(1), normalised, "the scale");
    require(!call.has(2) || call.dims(1).equals(call.dims(2)), "the bias is not like the scale");
    List<Long> moments = new ArrayList<>(dims.subList(0, axis));
    moments.addAll(Collections.nCopies(dims.size() - axis, 1L));
    Known moment = Known.of(Known.FLOAT, moments);
    return List.of(Known.of(call.in(0).type(), dims), moment, moment);
  }

  private static List<Known> moments(Call call) throws RefusedGraph {
    call.requireValues(0);
    Call.axes(call.numbers("axes", List.of(0L, 2L, 3L)), call.rank(0));
    return call.gives(call.dims(0));
  }

  private static List<Known> lrn(Call call) throws RefusedGraph {
    call.requireValues(0);
    require(call.number("size", 1) % 2 == 1, "has an even size");
    return call.gives(call.dims(0));
  }
}
