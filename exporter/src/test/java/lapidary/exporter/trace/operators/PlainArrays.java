package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.inside;
import static lapidary.exporter.trace.operators.CaseList.positive;
import static lapidary.exporter.trace.operators.CaseList.whole;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What functions of nothing but arrays and numbers are given, by their names: x [N, 4, 6] and y [N, 1, 6] if nothing else is said. */
final class PlainArrays {
  private static final Map<String, Function<NDArray, NDList>> BY_NAME = byName();

  private PlainArrays() {}

  static Function<NDArray, NDList> of(String method) {
    return BY_NAME.getOrDefault(method, x -> new NDList(x.duplicate(), other(x)));
  }

  private static NDArray other(NDArray x) {
    return positive(x.get(":,:1,:").flip(2));
  }

  private static Map<String, Function<NDArray, NDList>> byName() {
    Map<String, Function<NDArray, NDList>> all = new HashMap<>();
    List.of(
            "sqrt", "log", "log2", "log10", "cbrt", "pow", "powi", "rpow", "rpowi", "gammaln",
            "xlogy")
        .forEach(name -> all.put(name, x -> new NDList(positive(x), other(x))));
    List.of("tan", "asin", "acos", "atanh", "erfinv")
        .forEach(name -> all.put(name, x -> new NDList(inside(x))));
    List.of("floor", "ceil", "round", "trunc")
        .forEach(name -> all.put(name, x -> new NDList(x.mul(3))));
    List.of("eq", "neq", "countNonzero")
        .forEach(name -> all.put(name, x -> new NDList(whole(x), other(x))));
    List.of("logicalAnd", "logicalOr", "logicalXor", "logicalNot", "all", "any", "none")
        .forEach(name -> all.put(name, x -> new NDList(x.gt(0), x.lt(1))));
    List.of("matMul", "batchMatMul", "batchDot")
        .forEach(name -> all.put(name, x -> new NDList(x, x.transpose(0, 2, 1))));
    List.of("concat", "stack").forEach(name -> all.put(name, x -> new NDList(x, x.neg())));
    List.of("copyTo", "intern").forEach(name -> all.put(name, x -> new NDList(x.mul(2), x.neg())));
    // Whole ones would overflow with all rows.
    all.put("prod", x -> new NDList(inside(x.get("0"))));
    all.put("acosh", x -> new NDList(positive(x).add(1)));
    all.put("dot", x -> new NDList(x.flatten(), x.neg().flatten()));
    all.put("booleanMask", x -> new NDList(x, x.gt(0)));
    all.put("isNaN", x -> new NDList(x.log()));
    all.put("isInfinite", x -> new NDList(x.div(whole(x))));
    all.put(
        "inverse",
        x -> new NDList(x.matMul(x.transpose(0, 2, 1)).add(x.getManager().eye(4).mul(9))));
    return all;
  }
}
