package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.IMAGE;
import static lapidary.exporter.trace.operators.CaseList.inside;
import static lapidary.exporter.trace.operators.CaseList.whole;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/** Arithmetic with more than arrays and numbers, activations, reductions. */
final class NumberCases {
  private NumberCases() {}

  static void addTo(CaseList cases) {
    cases.call("NDArray.clip(Number, Number)", -0.5, 1);
    cases.run("NDArray.toType(DataType, boolean)", NumberCases::chains);
    cases.call("NDArray.softmax(int)", 1);
    cases.call("NDArray.logSoftmax(int)", -1);
    cases.call("NDArrayEx.leakyRelu(float)", 0.2f);
    cases.call("NDArrayEx.elu(float)", 0.7f);
    cases.call("NDArrayEx.swish(float)", 1.5f);
    cases.of(
        "NDArrays.where(NDArray, NDArray, NDArray)",
        x -> new NDList(x.gt(0), x, x.mul(0.1f)),
        new Case.Given(0),
        new Case.Given(1),
        new Case.Given(2));
    cases.of(
        "NDArrayEx.where(NDArray, NDArray)",
        x -> new NDList(x, x.gt(0), x.mul(0.1f)),
        new Case.Given(1),
        new Case.Given(2));
    reductions(cases);
    norms(cases);
  }

  /** One type through another, whose digits must be lost. */
  private static NDList chains(NDList arrays) {
    DataType own = arrays.head().getDataType();
    NDArray x = arrays.head().toType(DataType.FLOAT32, true);
    NDList chains = new NDList(x.toType(DataType.INT32, true));
    for (DataType between : List.of(DataType.BOOLEAN, DataType.INT8, DataType.INT64)) {
      chains.add(x.toType(between, true).toType(own, true));
      chains.add(x.mul(3).toType(between, true).toType(DataType.INT32, true));
      chains.add(x.toType(between, true).toType(DataType.FLOAT64, true));
    }
    return chains;
  }

  private static void reductions(CaseList cases) {
    for (String name : new String[] {"sum", "mean", "max", "min"}) {
      cases.call("NDArray." + name + "(int[])", new int[] {-1});
      cases.call("NDArray." + name + "(int[], boolean)", new int[] {2}, true);
    }
    cases.run(
        "NDArray.sum(int[], boolean)",
        arrays -> new NDList(
            arrays.head().sum(new int[] {-1, 1}, true),
            arrays.head().sum(new int[] {1, 2}, false)));
    cases.of("NDArray.prod(int[])", x -> new NDList(inside(x)), new int[] {-1});
    cases.of("NDArray.prod(int[], boolean)", x -> new NDList(inside(x)), new int[] {1}, true);
    cases.run(
        "NDArray.sum()",
        CaseList.X,
        x -> new NDList(whole(x), x.gt(0), x),
        arrays ->
            new NDList(arrays.get(0).sum(), arrays.get(1).sum(), arrays.get(2).sum()));
    cases.of("NDArray.countNonzero(int)", x -> new NDList(whole(x)), 2);
  }

  private static void norms(CaseList cases) {
    cases.call("NDArray.norm(boolean)", true);
    cases.call("NDArray.norm(int[])", new int[] {1});
    cases.call("NDArray.norm(int[], boolean)", new int[] {1, 2}, true);
    cases.run(
        "NDArray.norm(int, int[], boolean)",
        arrays -> new NDList(
            arrays.head().norm(1, new int[] {2}, true),
            arrays.head().norm(2, new int[] {1}, false)));
    cases.call("NDArray.normalize(double, long)", 2.0, 2L);
    cases.run(
        "NDArray.normalize(double, long, double)",
        arrays ->
            new NDList(arrays.head().normalize(2, 2, 1e-3), arrays.head().normalize(1, 1, 1e-3)));
    cases.call(
        "NDArrayEx.normalize(float[], float[])",
        IMAGE,
        NDList::new,
        new float[] {0.4f, 0.5f, 0.6f},
        new float[] {0.2f, 0.3f, 0.4f});
  }
}
