package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.X;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.function.Function;

/** What picks elements by position. */
final class IndexCases {
  private IndexCases() {}

  private static Function<NDArray, NDList> with(long... positions) {
    return x -> new NDList(x, x.getManager().create(positions));
  }

  static void addTo(CaseList cases) {
    gets(cases);
    Case.Given second = new Case.Given(1);
    cases.of("NDArray.get(NDArray)", with(0, 0, 0), second);
    cases.of("NDArray.gather(NDArray, int)", x -> new NDList(x, x.argSort(2)), second, 2);
    cases.of(
        "NDArray.gatherNd(NDArray)",
        x -> new NDList(
            x,
            x.getManager()
                .create(new long[][] {{0, 0, 0}, {3, 1, 0}})
                .toType(DataType.INT64, false)),
        second);
    cases.of("NDArray.take(NDArray)", with(5, 0, 7), second);
    cases.run(
        "NDArray.take(NDManager, NDArray)",
        X,
        with(5, 0, 7),
        arrays -> new NDList(arrays.head().take(arrays.head().getManager(), arrays.get(1))));
    cases.of(
        "NDArray.put(NDArray, NDArray)",
        x -> new NDList(x.mul(2), x.getManager().create(new long[] {5, 0, 7}), x.get("0,0,:3")),
        second,
        new Case.Given(2));
    cases.of(
        "NDArray.scatter(NDArray, NDArray, int)",
        x -> new NDList(x, x.argSort(1), x.neg()),
        second,
        new Case.Given(2),
        1);
    cases.of("NDArray.oneHot(int)", x -> new NDList(x.argMax(2)), 6);
    cases.of("NDArray.oneHot(int, DataType)", x -> new NDList(x.argMax(1)), 4, DataType.INT64);
    cases.of(
        "NDArray.oneHot(int, float, float, DataType)",
        x -> new NDList(x.argMax(1)),
        4,
        2f,
        -1f,
        DataType.FLOAT32);
    for (String owner : new String[] {"NDArray", "NDArrays"}) {
      boolean fixed = owner.equals("NDArrays");
      Function<NDArray, NDList> masked = x -> new NDList(x, x.gt(0).get(":,0,0"));
      String first = fixed ? "NDArray, " : "";
      Object[] arguments =
          fixed ? new Object[] {new Case.Given(0), second, 0} : new Object[] {second, 0};
      cases.of(owner + ".booleanMask(" + first + "NDArray, int)", masked, arguments);
    }
  }

  private static void gets(CaseList cases) {
    cases.run("NDArray.get(NDManager, NDIndex)", X, with(2, 0, 3, 1), arrays -> {
      NDArray x = arrays.head();
      return new NDList(
          x.get("...,1:5:2"),
          x.get(":,-1,null,2:5"),
          x.get(":,:,-2"),
          x.get(":,{},1", arrays.get(1).toType(DataType.INT32, false)));
    });
    cases.call("NDArray.get(NDIndex)", new NDIndex(":,1:3"));
    cases.call("NDArray.get(String, Object[])", ":,{}", new Object[] {2});
    cases.call("NDArray.get(long[])", (Object) new long[] {0});
    cases.run(
        "NDArray.get(NDManager, long[])",
        arrays -> new NDList(arrays.head().get(arrays.head().getManager(), 0, 1)));
    cases.call("NDArray.getScalar(long[])", (Object) new long[] {0, 1, 2});
  }
}
