package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.function.Function;

/** What writes into an array. */
final class WriteCases {
  private WriteCases() {}

  private static NDList fresh(NDArray x) {
    return new NDList(x.mul(2));
  }

  static void addTo(CaseList cases) {
    cases.of(
        "NDArray.set(NDIndex, NDArray)",
        x -> new NDList(x.mul(2), x.get(":,:2")),
        new NDIndex(":,1:3"),
        new Case.Given(1));
    cases.of("NDArray.set(NDIndex, Number)", WriteCases::fresh, new NDIndex(":,-1,2:"), 5);
    cases.of("NDArray.set(NDIndex, Function)", WriteCases::fresh, new NDIndex(":,1:3"), (Function<
            NDArray, NDArray>)
        NDArray::neg);
    cases.of("NDArray.setScalar(NDIndex, Number)", WriteCases::fresh, new NDIndex(0, 1, 2), 5);
    overwrites(cases);
    cases.of(
        "NDArray.set(NDArray, Number)", x -> new NDList(x.mul(2), x.gt(0)), new Case.Given(1), 5);
  }

  private static void overwrites(CaseList cases) {
    cases.run("NDArray.set(Buffer)", CaseList.X, ones(DataType.FLOAT32), arrays -> {
      arrays.head().set(FloatBuffer.wrap(new float[] {2, 3, 5}));
      return new NDList(arrays.head().duplicate());
    });
    cases.of("NDArray.set(float[])", ones(DataType.FLOAT32), new float[] {2, 3, 5});
    cases.of("NDArray.set(double[])", ones(DataType.FLOAT64), new double[] {2, 3, 5});
    cases.of("NDArray.set(int[])", ones(DataType.INT32), new int[] {2, 3, 5});
    cases.of("NDArray.set(long[])", ones(DataType.INT64), new long[] {2, 3, 5});
    cases.of("NDArray.set(byte[])", ones(DataType.INT8), new byte[] {1, 0, 1});
  }

  private static Function<NDArray, NDList> ones(DataType type) {
    return x -> new NDList(x.getManager().ones(new Shape(3), type));
  }
}
