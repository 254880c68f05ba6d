package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;

/**
 * Rows for complex numbers, which a graph holds as a last axis of real and imaginary parts, and for Fourier transforms: products with
 * the matrix that the engine makes of single ones, since runtimes have the transform for few types and lengths.
 */
final class SpectrumOperators {
  /** One transform by the engine: of rows along axis 1, to so many numbers. */
  @FunctionalInterface
  private interface Transform {
    NDArray apply(NDArray rows, long length);
  }

  private SpectrumOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("complex()", call -> call.wrap(call.run(), call.value()));
    rows.put("real()", call -> call.wrap(call.run(), call.value()));
    rows.put("conj()", SpectrumOperators::conjugate);
    transform(rows, "fft", (x, length) -> x.fft(length, 1));
    transform(rows, "ifft", (x, length) -> x.ifft(length, 1));
    transform(rows, "rfft", (x, length) -> x.rfft(length, 1));
    transform(rows, "irfft", (x, length) -> x.irfft(length, 1));
    rows.put("fft2(long[], long[])", call -> overTwoAxes(call, true));
    rows.put("ifft2(long[], long[])", call -> overTwoAxes(call, false));
  }

  private static void transform(Map<String, Operator> rows, String name, Transform transform) {
    rows.put(name + "(long, long)", call -> transformed(call, transform));
  }

  private static NDArray conjugate(Call call) {
    NDArray signs = call.keep(call.manager().create(new float[] {1, -1}));
    Value turned = call.node("Mul").with(call.value(), call.valueOf(signs)).step();
    return call.wrap(call.run(), turned);
  }

  private static NDArray overTwoAxes(Call call, boolean forward) {
    long[] sizes = call.argument(0, long[].class);
    long[] axes = call.argument(1, long[].class);
    NDArray result = call.self();
    for (int i = 0; i < axes.length; i++) {
      result = forward ? result.fft(sizes[i], axes[i]) : result.ifft(sizes[i], axes[i]);
    }
    return result;
  }

  private static boolean isComplex(NDArray array) {
    return array.getDataType() == DataType.COMPLEX64;
  }

  /** Brings the axis to the end, multiplies, and brings it back. */
  private static NDArray transformed(Call call, Transform transform) {
    NDArray result = call.run();
    int axis = call.axis(Math.toIntExact(call.argument(1, Long.class)));
    long length = call.argument(0, Long.class);
    long size = call.real().getShape().get(axis);
    Shape from = exchanged(call.real().getShape(), axis);
    Shape to = exchanged(result.getShape(), axis);
    Value value = turned(call, call.value(), axis, isComplex(call.real()));
    if (isComplex(call.real())) {
      value = reshaped(call, value, widened(from, 2 * size));
    }
    NDArray matrix = matrix(call, transform, size, length);
    long columns = matrix.getShape().get(1);
    Value product = call.node("MatMul")
        .with(value, call.valueOf(matrix))
        .step(DataType.FLOAT32, widened(to, columns));
    Value spectrum = isComplex(result) ? reshaped(call, product, to.add(2)) : product;
    return call.wrap(result, turned(call, spectrum, axis, isComplex(result)));
  }

  /** What becomes of single ones: [numbers in, numbers out], of which a complex number is two. */
  private static NDArray matrix(Call call, Transform transform, long size, long length) {
    boolean complex = isComplex(call.real());
    int numbers = Math.toIntExact(complex ? 2 * size : size);
    NDArray ones = call.keep(call.manager().eye(numbers));
    NDArray rows = complex ? call.keep(call.keep(ones.reshape(numbers, size, 2)).complex()) : ones;
    NDArray answers = call.keep(transform.apply(rows, length));
    return isComplex(answers) ? call.keep(call.keep(answers.real()).reshape(numbers, -1)) : answers;
  }

  private static Value reshaped(Call call, Value value, Shape shape) {
    return call.node("Reshape")
        .with(value, call.integers(shape.getShape()))
        .step(value.type(), shape);
  }

  /** Exchanges an axis with the last one, or with the last before the parts of complex numbers. */
  private static Value turned(Call call, Value value, int axis, boolean complex) {
    int last = value.shape().dimension() - (complex ? 2 : 1);
    if (axis == last) {
      return value;
    }
    long[] order = IntStream.range(0, value.shape().dimension()).asLongStream().toArray();
    order[axis] = last;
    order[last] = axis;
    long[] shape = value.shape().getShape().clone();
    shape[axis] = value.shape().get(last);
    shape[last] = value.shape().get(axis);
    return call.node("Transpose")
        .with(value)
        .set("perm", order)
        .step(value.type(), new Shape(shape));
  }

  private static Shape exchanged(Shape shape, int axis) {
    long[] sizes = shape.getShape().clone();
    int last = sizes.length - 1;
    sizes[axis] = shape.get(last);
    sizes[last] = shape.get(axis);
    return new Shape(sizes);
  }

  private static Shape widened(Shape shape, long columns) {
    return shape.slice(0, shape.dimension() - 1).add(columns);
  }
}
