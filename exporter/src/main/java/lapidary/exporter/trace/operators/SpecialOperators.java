package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/** Rows for functions of one or two numbers that ONNX has no operator for. */
final class SpecialOperators {
  /** Giles, Approximating the erfinv function, 2010: single precision, the highest power first. */
  private static final double[] CENTRE = {
    2.81022636e-08,
    3.43273939e-07,
    -3.5233877e-06,
    -4.39150654e-06,
    0.00021858087,
    -0.00125372503,
    -0.00417768164,
    0.246640727,
    1.50140941
  };

  private static final double[] TAIL = {
    -0.000200214257,
    0.000100950558,
    0.00134934322,
    -0.00367342844,
    0.00573950773,
    -0.0076224613,
    0.00943887047,
    1.00167406,
    2.83297682
  };

  private SpecialOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("atan2(NDArray)", SpecialOperators::angle);
    rows.put("xlogy(NDArray)", SpecialOperators::productWithLog);
    rows.put("erfinv()", SpecialOperators::inverseErrorFunction);
  }

  /** atan(|y| / |x|), mirrored where x and where y has a minus sign, as zeros may. */
  private static NDArray angle(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    Shape shape = result.getShape();
    Value y = call.value(type);
    Value x = call.value(0, type);
    Value right = call.node("Atan").with(steepness(call, y, x, shape)).step();
    Value left = call.node("Sub").with(call.scalar(Math.PI, type), right).step(type, shape);
    Value above = call.node("Where").with(hasMinus(call, x), left, right).step(type, shape);
    Value below = call.node("Neg").with(above).step();
    return call.node("Where").with(hasMinus(call, y), below, above).gives(result);
  }

  /** |y| / |x|; of two zeros 0, of two infinities 1. */
  private static Value steepness(Call call, Value y, Value x, Shape shape) {
    DataType type = y.type();
    Value height = call.node("Abs").with(y).step();
    Value width = call.node("Abs").with(x).step();
    Value quotient = call.node("Div").with(height, width).step(type, shape);
    Value isZero =
        call.node("Equal").with(x, call.scalar(0, type)).step(DataType.BOOLEAN, x.shape());
    Value even = call.node("Where")
        .with(isZero, call.scalar(0, type), call.scalar(1, type))
        .step(type, x.shape());
    Value isEven = call.node("Equal").with(height, width).step(DataType.BOOLEAN, shape);
    return call.node("Where").with(isEven, even, quotient).step(type, shape);
  }

  /** Below 0, or the zero whose inverse is. */
  private static Value hasMinus(Call call, Value value) {
    DataType truth = DataType.BOOLEAN;
    Value zero = call.scalar(0, value.type());
    Value below = call.node("Less").with(value, zero).step(truth, value.shape());
    Value inverse = call.node("Div")
        .with(call.scalar(1, value.type()), value)
        .step(value.type(), value.shape());
    Value zeroBelow = call.node("Less").with(inverse, zero).step(truth, value.shape());
    return call.node("Or").with(below, zeroBelow).step(truth, value.shape());
  }

  /** x · log y, and 0 where x is 0 and y a number. */
  private static NDArray productWithLog(Call call) {
    NDArray result = call.run();
    DataType type = result.getDataType();
    Value x = call.value(type);
    Value y = call.value(0, type);
    Value log = call.node("Log").with(y).step();
    Value product = call.node("Mul").with(x, log).step(type, result.getShape());
    Value isZero =
        call.node("Equal").with(x, call.scalar(0, type)).step(DataType.BOOLEAN, x.shape());
    return call.node("Where")
        .with(besideNumbers(call, isZero, y, result.getShape()), call.scalar(0, type), product)
        .gives(result);
  }

  private static Value besideNumbers(Call call, Value mark, Value value, Shape shape) {
    if (!NotANumber.matters(value)) {
      return mark;
    }
    Value isNumber = call.node("Not").with(NotANumber.found(call, value)).step();
    return call.node("And").with(mark, isNumber).step(DataType.BOOLEAN, shape);
  }

  private static NDArray inverseErrorFunction(Call call) {
    if (call.value().type() != DataType.FLOAT32) {
      throw call.refuse("erfinv of " + call.value().type(), "cast it to FLOAT32");
    }
    DataType type = DataType.FLOAT32;
    Value x = call.value();
    Value product = call.node("Mul")
        .with(
            call.node("Sub").with(call.scalar(1, type), x).step(type, x.shape()),
            call.node("Add").with(x, call.scalar(1, type)).step())
        .step();
    Value far = call.node("Neg").with(call.node("Log").with(product).step()).step();
    Value near = call.node("Sub").with(far, call.scalar(2.5, type)).step();
    Value root = call.node("Sub")
        .with(call.node("Sqrt").with(far).step(), call.scalar(3, type))
        .step();
    Value isNear =
        call.node("Less").with(far, call.scalar(5, type)).step(DataType.BOOLEAN, x.shape());
    Value factor = call.node("Where")
        .with(isNear, polynomial(call, near, CENTRE), polynomial(call, root, TAIL))
        .step(type, x.shape());
    Value size = call.node("Abs").with(x).step();
    Value isEnd =
        call.node("Equal").with(size, call.scalar(1, type)).step(DataType.BOOLEAN, x.shape());
    Value slope = call.node("Where")
        .with(isEnd, call.scalar(Float.POSITIVE_INFINITY, type), factor)
        .step(type, x.shape());
    return call.node("Mul").with(x, slope).gives(call.run());
  }

  private static Value polynomial(Call call, Value value, double... coefficients) {
    Value sum = call.scalar(coefficients[0], value.type());
    for (int i = 1; i < coefficients.length; i++) {
      Value product = call.node("Mul").with(value, sum).step();
      sum = call.node("Add")
          .with(product, call.scalar(coefficients[i], value.type()))
          .step();
    }
    return sum;
  }
}
