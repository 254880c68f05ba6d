package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.X;
import static lapidary.exporter.trace.operators.CaseList.whole;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;

/** Order along an axis, and running sums and products. */
final class OrderCases {
  private OrderCases() {}

  static void addTo(CaseList cases) {
    cases.call("NDArray.argMax(int)", 1);
    cases.call("NDArray.argMin(int)", -1);
    // Whole ones without ties, whose order the engine leaves open.
    cases.of("NDArray.topK(int, int)", x -> new NDList(x.mul(100)), 3, 2);
    cases.of(
        "NDArray.topK(int, int, boolean, boolean)", x -> new NDList(x.mul(100)), 3, 2, false, true);
    cases.call("NDArray.sort(int)", 1);
    cases.call("NDArray.argSort(int)", 1);
    cases.call("NDArray.argSort(int, boolean)", 2, false);
    cases.call("NDArray.percentile(Number, int[])", 50, new int[] {2});
    cases.run(
        "NDArray.median(int[])",
        arrays ->
            new NDList(arrays.head().median(new int[] {2}), arrays.head().median(new int[] {1})));
    cases.run(
        "NDArray.cumSum(int)",
        X,
        x -> new NDList(whole(x), x),
        arrays -> new NDList(arrays.get(0).cumSum(2), arrays.get(1).cumSum(1)));
    cases.run(
        "NDArray.cumProd(int)",
        arrays -> new NDList(arrays.head().cumProd(1), arrays.head().cumProd(-1)));
    cases.call("NDArray.cumProd(int, DataType)", 2, DataType.FLOAT32);
    cases.run(
        "NDArray.diff(int, int)",
        arrays -> new NDList(arrays.head().diff(1, 2), arrays.head().diff(2, 1)));
    cases.call("NDArray.unique(Integer, boolean, boolean, boolean)", 0, true, false, false);
    cases.call("NDArray.unique(boolean, boolean, boolean)", true, false, false);
  }
}
