package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.X;
import static lapidary.exporter.trace.operators.CaseList.whole;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.function.Function;

/** What moves, repeats, joins or divides arrays. */
final class ShapeCases {
  private ShapeCases() {}

  private static NDList opened(NDArray x) {
    return new NDList(x.expandDims(2));
  }

  static void addTo(CaseList cases) {
    cases.run(
        "NDArray.reshape(Shape)",
        arrays -> new NDList(arrays.head().reshape(new Shape(-1, 2, 12))));
    cases.run(
        "NDArray.reshape(long[])",
        arrays -> new NDList(
            arrays.head().reshape(arrays.head().size(0), 2, -1), arrays.head().reshape(-1, 3)));
    cases.run(
        "NDArray.flatten(int, int)",
        arrays -> new NDList(arrays.head().flatten(0, 1), arrays.head().flatten(1, 2)));
    cases.run(
        "NDArray.expandDims(int)",
        arrays -> new NDList(arrays.head().expandDims(-1), arrays.head().expandDims(1)));
    cases.of("NDArray.squeeze()", ShapeCases::opened);
    cases.run(
        "NDArray.squeeze(int)",
        X,
        ShapeCases::opened,
        arrays -> new NDList(arrays.head().squeeze(2), arrays.head().squeeze(1)));
    cases.of("NDArray.squeeze(int[])", ShapeCases::opened, new int[] {2});
    cases.run(
        "NDArray.transpose(int[])",
        arrays -> new NDList(arrays.head().transpose(0, 2, 1), arrays.head().transpose(2, 0, 1)));
    cases.call("NDArray.swapAxes(int, int)", 1, 2);
    cases.call("NDArray.flip(int[])", new int[] {1, 2});
    cases.run(
        "NDArray.rotate90(int, int[])",
        arrays -> new NDList(
            arrays.head().rotate90(1, new int[] {1, 2}),
            arrays.head().rotate90(2, new int[] {1, 2}),
            arrays.head().rotate90(3, new int[] {2, 1}),
            arrays.head().rotate90(4, new int[] {1, 2})));
    repeats(cases);
    joins(cases);
    diagonals(cases);
  }

  private static void repeats(CaseList cases) {
    Function<NDArray, NDList> narrow = x -> new NDList(x.get(":,:,:1"), x);
    cases.run(
        "NDArray.broadcast(Shape)",
        X,
        narrow,
        arrays -> new NDList(arrays.head().broadcast(arrays.get(1).getShape())));
    cases.run(
        "NDArray.broadcast(long[])",
        X,
        narrow,
        arrays -> new NDList(arrays.head().broadcast(arrays.get(1).size(0), 4, 5)));
    cases.call("NDArray.tile(long)", 2L);
    cases.call("NDArray.tile(int, long)", 1, 2L);
    cases.call("NDArray.tile(Shape)", new Shape(1, 3, 2));
    cases.run(
        "NDArray.tile(long[])",
        arrays -> new NDList(
            arrays.head().tile(new long[] {1, 2, 3}), arrays.head().tile(new long[] {2, 1, 2, 3})));
    cases.call("NDArray.repeat(long)", 2L);
    cases.call("NDArray.repeat(int, long)", 1, 3L);
    cases.call("NDArray.repeat(long[])", (Object) new long[] {1, 3, 2});
    cases.run(
        "NDArray.repeat(Shape)",
        arrays -> new NDList(arrays.head().repeat(new Shape(arrays.head().size(0), 12, 12))));
    cases.call("NDArray.toSparse(SparseFormat)", SparseFormat.COO);
    cases.call("NDArray.pad(Shape, double)", new Shape(1, 2, 0, 3), 0.5);
  }

  private static void joins(CaseList cases) {
    Function<NDArray, NDList> mixed = x -> new NDList(x, whole(x), x.neg());
    cases.run(
        "NDArrays.concat(NDList, int)",
        X,
        mixed,
        arrays -> new NDList(NDArrays.concat(arrays, -1), NDArrays.concat(arrays, 0)));
    cases.run(
        "NDArrayEx.concat(NDList, int)",
        X,
        mixed,
        arrays -> new NDList(arrays.head().getNDArrayInternal().concat(arrays.subNDList(1), -1)));
    cases.run(
        "NDArrayEx.concat(NDList)",
        X,
        mixed,
        arrays -> new NDList(arrays.head().getNDArrayInternal().concat(arrays.subNDList(1))));
    cases.run(
        "NDArrayEx.stack(NDList, int)",
        X,
        mixed,
        arrays -> new NDList(arrays.head().getNDArrayInternal().stack(arrays.subNDList(2), 2)));
    cases.run(
        "NDArrayEx.stack(NDList)",
        X,
        mixed,
        arrays -> new NDList(arrays.head().getNDArrayInternal().stack(arrays.subNDList(2))));
    cases.call("NDArray.split(long[], int)", new long[] {1, 4}, 2);
    cases.call("NDArray.split(long, int)", 2L, 1);
    cases.of("NDArray.split(long)", x -> new NDList(x.transpose(1, 0, 2)), 2L);
    cases.of(
        "NDArray.split(long[])", x -> new NDList(x.transpose(1, 0, 2)), (Object) new long[] {1, 2});
  }

  private static void diagonals(CaseList cases) {
    cases.of("NDArray.diagonal()", x -> new NDList(x.transpose(1, 2, 0)));
    cases.of("NDArray.diagonal(int)", x -> new NDList(x.transpose(1, 2, 0)), -1);
    cases.run(
        "NDArray.diagonal(int, int, int)",
        arrays -> new NDList(
            arrays.head().diagonal(1, 1, 2),
            arrays.head().diagonal(-2, 2, 1),
            arrays.head().diagonal(0, 1, 2)));
    Function<NDArray, NDList> matrix = x -> new NDList(x.sum(new int[] {0}));
    cases.of("NDArray.trace()", matrix);
    cases.of("NDArray.trace(int)", matrix, 1);
    cases.of("NDArray.trace(int, int, int)", matrix, 1, 0, 1);
  }
}
