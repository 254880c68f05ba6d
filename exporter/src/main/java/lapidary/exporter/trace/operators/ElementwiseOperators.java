package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import lapidary.exporter.graph.ElementTypes;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for arithmetic, comparison and logic, element by element with broadcasting. */
final class ElementwiseOperators {
  private static final Map<String, String> UNARY = Map.ofEntries(
      Map.entry("neg", "Neg"),
      Map.entry("abs", "Abs"),
      Map.entry("sqrt", "Sqrt"),
      Map.entry("exp", "Exp"),
      Map.entry("log", "Log"),
      Map.entry("sin", "Sin"),
      Map.entry("tan", "Tan"),
      Map.entry("asin", "Asin"),
      Map.entry("acos", "Acos"),
      Map.entry("atan", "Atan"),
      Map.entry("sinh", "Sinh"),
      Map.entry("cosh", "Cosh"));
  private static final Map<String, String> ROUNDING =
      Map.of("floor", "Floor", "ceil", "Ceil", "round", "Round");
  private static final Map<String, String> BINARY = Map.of(
      "add", "Add", "sub", "Sub", "mul", "Mul", "div", "Div", "pow", "Pow", "maximum", "Max",
      "minimum", "Min");
  private static final Map<String, String> COMPARISON = Map.of(
      "eq", "Equal", "gt", "Greater", "gte", "GreaterOrEqual", "lt", "Less", "lte", "LessOrEqual");
  /** Arithmetic of truth values. */
  private static final Map<String, String> OF_TRUTH =
      Map.of("Add", "Or", "Mul", "And", "Max", "Or", "Min", "And");

  private static final Map<String, String> LOGIC =
      Map.of("logicalAnd", "And", "logicalOr", "Or", "logicalXor", "Xor");

  /** Types that every runtime compares. */
  private static final Set<DataType> COMPARED = EnumSet.of(
      DataType.FLOAT32, DataType.FLOAT64, DataType.FLOAT16, DataType.INT64, DataType.INT32);

  private ElementwiseOperators() {}

  static void addTo(Map<String, Operator> rows) {
    UNARY.forEach((method, operator) -> rows.put(method + "()", call -> unary(call, operator)));
    ROUNDING.forEach((method, operator) -> rows.put(method + "()", call -> round(call, operator)));
    rows.put("cos()", ElementwiseOperators::cosine);
    rows.put("erf()", ElementwiseOperators::errorFunction);
    rows.put("sign()", ElementwiseOperators::sign);
    BINARY.forEach((method, operator) -> binary(rows, method, call -> binary(call, operator)));
    COMPARISON.forEach((method, operator) -> binary(rows, method, call -> compare(call, operator)));
    LOGIC.forEach(
        (method, operator) -> rows.put(method + "(NDArray)", call -> logic(call, operator)));
    binary(rows, "neq", ElementwiseOperators::differ);
    binary(rows, "mod", ElementwiseOperators::modulo);
    rows.put("square()", ElementwiseOperators::square);
    rows.put("cbrt()", ElementwiseOperators::cubeRoot);
    rows.put("trunc()", ElementwiseOperators::truncate);
    rows.put("log2()", call -> logarithm(call, 2));
    rows.put("log10()", call -> logarithm(call, 10));
    rows.put("toDegrees()", call -> scale(call, 180 / Math.PI));
    rows.put("toRadians()", call -> scale(call, Math.PI / 180));
    rows.put("logicalNot()", ElementwiseOperators::not);
    rows.put("isNaN()", call -> call.node("IsNaN").with(call.value()).gives(call.run()));
    rows.put("isInfinite()", call -> call.node("IsInf").with(call.value()).gives(call.run()));
    rows.put("clip(Number, Number)", ElementwiseOperators::clip);
    rows.put("toType(DataType, boolean)", ElementwiseOperators::toType);
  }

  private static void binary(Map<String, Operator> rows, String method, Operator operator) {
    rows.put(method + "(Number)", operator);
    rows.put(method + "(NDArray)", operator);
  }

  private static NDArray unary(Call call, String operator) {
    NDArray result = call.run();
    return call.node(operator).with(call.value(result.getDataType())).gives(result);
  }

  /** Runtimes before 1.29 have no cosine of doubles, but the sine. */
  private static NDArray cosine(Call call) {
    if (call.value().type() != DataType.FLOAT64) {
      return unary(call, "Cos");
    }
    DataType type = DataType.FLOAT64;
    Value turned =
        call.node("Add").with(call.value(), call.scalar(Math.PI / 2, type)).step();
    return call.node("Sin").with(turned).gives(call.run());
  }

  /** Runtimes before 1.29 answer a number to NaN. */
  private static NDArray errorFunction(Call call) {
    if (!NotANumber.matters(call.value())) {
      return unary(call, "Erf");
    }
    NDArray result = call.run();
    Value value = call.value(result.getDataType());
    Value erf = call.node("Erf").with(value).step();
    return NotANumber.spread(call, NotANumber.found(call, value), erf).gives(result);
  }

  /** The engine gives 0 for NaN. */
  private static NDArray sign(Call call) {
    if (!NotANumber.matters(call.value())) {
      return unary(call, "Sign");
    }
    Value sign = call.node("Sign").with(call.value()).step();
    return call.node("Where")
        .with(NotANumber.found(call, call.value()), call.scalar(0, sign.type()), sign)
        .gives(call.run());
  }

  /** ONNX rounds only real numbers; whole ones stay as they are. */
  private static NDArray round(Call call, String operator) {
    boolean real = call.value().type().isFloating();
    return real ? unary(call, operator) : call.wrap(call.run(), call.value());
  }

  private static NDArray binary(Call call, String operator) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    String written =
        type == DataType.BOOLEAN ? OF_TRUTH.getOrDefault(operator, operator) : operator;
    return call.node(written).with(call.value(type), call.value(0, type)).gives(result);
  }

  private static NDArray compare(Call call, String operator) {
    DataType type = commonType(call, operator.equals("Equal"));
    return call.node(operator).with(call.value(type), call.value(0, type)).gives(call.run());
  }

  private static NDArray differ(Call call) {
    NDArray result = call.run();
    DataType type = commonType(call, true);
    Value equal = call.node("Equal")
        .with(call.value(type), call.value(0, type))
        .step(DataType.BOOLEAN, result.getShape());
    return call.node("Not").with(equal).gives(result);
  }

  /** The type that the engine promotes both sides to; ONNX orders numbers, not truth values. */
  private static DataType commonType(Call call, boolean truthValuesAllowed) {
    DataType own = call.value().type();
    if (own == DataType.BOOLEAN && !call.isNumber(0) && call.value(0).type() == own) {
      return truthValuesAllowed ? own : DataType.INT32;
    }
    DataType comparable = own == DataType.BOOLEAN ? DataType.INT32 : own;
    NDArray left = call.keep(call.real().toType(comparable, true));
    NDArray sum = call.isNumber(0)
        ? left.add(call.argument(0, Number.class))
        : left.add(call.realOf(call.array(0)));
    return call.keep(sum).getDataType();
  }

  private static NDArray logic(Call call, String operator) {
    return call.node(operator)
        .with(call.value(DataType.BOOLEAN), call.value(0, DataType.BOOLEAN))
        .gives(call.run());
  }

  private static NDArray not(Call call) {
    return call.node("Not").with(call.value(DataType.BOOLEAN)).gives(call.run());
  }

  /** The remainder with the divisor's sign; ONNX has that for whole numbers only, for others with the dividend's. */
  private static NDArray modulo(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    Value left = call.value(type);
    Value right = call.value(0, type);
    if (!type.isFloating()) {
      return call.node("Mod").with(left, right).gives(result);
    }
    Value rest = call.node("Mod").with(left, right).set("fmod", true).step(type, result.getShape());
    Value shifted = call.node("Add").with(rest, right).step();
    Value product = call.node("Mul")
        .with(call.node("Sign").with(rest).step(), call.node("Sign").with(right).step())
        .step(type, result.getShape());
    Value opposed = call.node("Less")
        .with(product, call.scalar(0, type))
        .step(DataType.BOOLEAN, result.getShape());
    return call.node("Where").with(opposed, shifted, rest).gives(result);
  }

  private static NDArray square(Call call) {
    return call.node("Mul").with(call.value(), call.value()).gives(call.run());
  }

  private static NDArray cubeRoot(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    return call.node("Pow").with(call.value(type), call.scalar(1.0 / 3, type)).gives(result);
  }

  private static NDArray truncate(Call call) {
    if (!call.value().type().isFloating()) {
      return call.wrap(call.run(), call.value());
    }
    Value sign = call.node("Sign").with(call.value()).step();
    Value size = call.node("Abs").with(call.value()).step();
    Value whole = call.node("Floor").with(size).step();
    return call.node("Mul").with(sign, whole).gives(call.run());
  }

  private static NDArray logarithm(Call call, int base) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    Value natural = call.node("Log").with(call.value(type)).step();
    return call.node("Div").with(natural, call.scalar(Math.log(base), type)).gives(result);
  }

  private static NDArray scale(Call call, double factor) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    return call.node("Mul").with(call.value(type), call.scalar(factor, type)).gives(result);
  }

  private static NDArray clip(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    return call.node("Clip")
        .with(call.value(type), call.value(0, type), call.value(1, type))
        .gives(result);
  }

  private static NDArray toType(Call call) {
    DataType type = call.argument(0, DataType.class);
    if (type == call.value().type()) {
      return call.flag(1) ? call.wrap(call.real(), call.value()) : call.self();
    }
    if (type == DataType.BOOLEAN && COMPARED.contains(call.value().type())) {
      return truth(call);
    }
    return call.node("Cast")
        .with(call.value())
        .set("to", ElementTypes.code(type))
        .gives(call.run());
  }

  /** What is not 0: runtime 1.22 takes a Cast to truth values away before another Cast. */
  private static NDArray truth(Call call) {
    Value value = call.value();
    Value isZero = call.node("Equal")
        .with(value, call.scalar(0, value.type()))
        .step(DataType.BOOLEAN, value.shape());
    return call.node("Not").with(isZero).gives(call.run());
  }
}
