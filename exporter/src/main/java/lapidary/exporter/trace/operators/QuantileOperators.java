package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;

/** Rows for what stands at a place of sorted numbers. */
final class QuantileOperators {
  private QuantileOperators() {}

  static void addTo(Map<String, Operator> rows) {
    rows.put("median()", call -> middle(call, call.self(), -1));
    rows.put("median(int[])", call -> middle(call, call.self(), call.argument(0, int[].class)[0]));
    rows.put("percentile(Number)", call -> quantile(call, call.self(), -1));
    rows.put(
        "percentile(Number, int[])",
        call -> quantile(call, call.self(), call.argument(1, int[].class)[0]));
  }

  /** The engine takes the lower one of two in the middle. */
  private static NDArray middle(Call call, NDArray array, int axis) {
    return between(call, array, axis, 0.5, false);
  }

  private static NDArray quantile(Call call, NDArray array, int axis) {
    // The engine has it in single precision, whatever the array's is.
    double share = (float) (call.argument(0, Number.class).doubleValue() / 100);
    return between(call, array, axis, share, true);
  }

  /** What stands at this share of the way from the smallest to the largest; between two, so far from the one to the other. */
  private static NDArray between(
      Call call, NDArray array, int given, double share, boolean interpolated) {
    NDArray result = call.run();
    int axis = Math.floorMod(given, array.getShape().dimension());
    double place = share * (array.getShape().get(axis) - 1);
    long low = (long) Math.floor(place);
    NDArray sorted = array.sort(axis);
    NDArray found = at(sorted, axis, low);
    if (interpolated && place > low) {
      found = found.add(at(sorted, axis, low + 1).sub(found).mul(place - low));
    }
    NDArray held = NotANumber.matters(call.value()) ? besideNaN(array, axis, found) : found;
    return held.getShape().dimension() < result.getShape().dimension()
        ? held.expandDims(axis)
        : held;
  }

  /** NaN where there is one along the axis. */
  private static NDArray besideNaN(NDArray array, int axis, NDArray found) {
    NDArray marks = array.isNaN().toType(DataType.INT32, false).max(new int[] {axis});
    return NDArrays.where(marks.gt(0), found.mul(Float.NaN), found);
  }

  private static NDArray at(NDArray array, int axis, long place) {
    return array.get(":,".repeat(axis) + place);
  }
}
