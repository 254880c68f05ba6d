package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.IMAGE;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import lapidary.exporter.Fixtures;
import lapidary.models.TensorInput;

/** Pictures, boxes and pools. */
final class PictureCases {
  private static final TensorInput TALL = Fixtures.floats("x", 3, 28, 9);
  private static final TensorInput LAST = Fixtures.floats("x", 7, 9, 3);

  private PictureCases() {}

  static void addTo(CaseList cases) {
    cases.run(
        "NDArrayEx.interpolation(long[], int, boolean)",
        TALL,
        NDList::new,
        arrays -> inEveryWay(arrays.head().getNDArrayInternal()));
    cases.run(
        "NDArrayEx.resize(int, int, int)",
        LAST,
        NDList::new,
        arrays -> new NDList(
            arrays.head().getNDArrayInternal().resize(5, 11, 1),
            arrays.head().getNDArrayInternal().resize(12, 3, 0)));
    cases.call("NDArrayEx.crop(int, int, int, int)", LAST, NDList::new, 1, 2, 4, 5);
    cases.call("NDArrayEx.toTensor()", LAST, NDList::new);
    cases.call("NDArrayEx.randomColorJitter(float, float, float, float)", 1f, 1f, 1f, 1f);
    cases.run(
        "NDArrayEx.multiBoxPrior(List, List, List, List, boolean)",
        TALL,
        NDList::new,
        arrays -> boxes(arrays.head().getNDArrayInternal()));
    cases.run(
        "NDArrayEx.multiBoxTarget(NDList, float, float, float, float, int)",
        arrays -> arrays.head().getNDArrayInternal().multiBoxTarget(arrays, 0.5f, 0, 0, 0.5f, 0));
    cases.run(
        "NDArrayEx.multiBoxDetection(NDList, boolean, float, int, float, boolean, int)",
        CaseList.X,
        PictureCases::detections,
        arrays -> arrays
            .head()
            .getNDArrayInternal()
            .multiBoxDetection(arrays, true, 0.01f, 0, 0.5f, false, -1));
    pools(cases);
  }

  /** Probabilities [N, 2, 6] of classes, offsets [N, 24] and boxes [1, 6, 4]. */
  private static NDList detections(NDArray x) {
    NDArray corners = x.getManager().arange(0f, 12f).div(24).reshape(1, 6, 2);
    return new NDList(
        x.get(":,:2").softmax(1),
        x.reshape(-1, 24).mul(0.1f),
        corners.concat(corners.add(0.2f), 2));
  }

  /** Enlarging, shrinking by a whole ratio and by another, each with nearest, bilinear, area and bicubic. */
  private static NDList inEveryWay(NDArrayEx x) {
    NDList answers = new NDList();
    for (int mode = 0; mode < 4; mode++) {
      for (long[] size : new long[][] {{33, 20}, {4, 3}, {11, 5}, {40, 4}, {7, 18}}) {
        answers.add(x.interpolation(size, mode, false));
      }
    }
    return answers;
  }

  private static NDList boxes(NDArrayEx x) {
    return x.multiBoxPrior(
        new ArrayList<>(List.of(0.2f, 0.4f)),
        new ArrayList<>(List.of(1f, 2f)),
        new ArrayList<>(List.of(-1f, -1f)),
        new ArrayList<>(List.of(0.5f, 0.5f)),
        false);
  }

  private static void pools(CaseList cases) {
    cases.call("NDArrayEx.globalAvgPool()", IMAGE, NDList::new);
    cases.call("NDArrayEx.globalMaxPool()", IMAGE, NDList::new);
    cases.run(
        "NDArrayEx.globalLpPool(float)",
        IMAGE,
        NDList::new,
        arrays -> new NDList(
            arrays.head().getNDArrayInternal().globalLpPool(2),
            arrays.head().getNDArrayInternal().globalLpPool(4)));
    cases.call(
        "NDArrayEx.maxPool(Shape, Shape, Shape, boolean)",
        IMAGE,
        NDList::new,
        new Shape(3, 2),
        new Shape(2, 3),
        new Shape(1, 0),
        true);
    cases.run(
        "NDArrayEx.avgPool(Shape, Shape, Shape, boolean, boolean)",
        IMAGE,
        NDList::new,
        arrays -> new NDList(average(arrays, false), average(arrays, true)));
    cases.run(
        "NDArrayEx.lpPool(float, Shape, Shape, Shape, boolean)",
        IMAGE,
        x -> new NDList(x, x.abs()),
        PictureCases::powers);
  }

  private static NDArray average(NDList arrays, boolean counts) {
    return arrays
        .head()
        .getNDArrayInternal()
        .avgPool(new Shape(3, 2), new Shape(2, 3), new Shape(1, 1), false, counts);
  }

  private static NDList powers(NDList arrays) {
    Shape none = new Shape(0, 0);
    NDArrayEx x = arrays.head().getNDArrayInternal();
    NDArrayEx positive = arrays.get(1).getNDArrayInternal();
    return new NDList(
        x.lpPool(2, new Shape(3, 2), new Shape(2, 3), none, false),
        x.lpPool(2, new Shape(3, 2), new Shape(2, 2), none, true),
        positive.lpPool(3, new Shape(3, 2), new Shape(2, 2), none, true),
        positive.lpPool(1.5f, new Shape(2, 4), new Shape(1, 3), none, false));
  }
}
