package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import lapidary.exporter.Fixtures;
import lapidary.exporter.trace.operators.OperatorRowsTest.Case;
import lapidary.models.TensorInput;

/** Cases of {@link OperatorRowsTest} for sizes of pictures, powers and recurrent layers. */
final class MoreCases {
  private static final TensorInput IMAGE = Fixtures.floats("x", 3, 28, 9);
  private static final TensorInput STEPS = Fixtures.floats("x", 4, 6);

  private MoreCases() {}

  static void addTo(Map<String, Case> cases) {
    writes(cases);
    image(cases, "interpolation(long[], int, boolean)", MoreCases::inEveryWay);
    cases.put(
        "resize(int, int, int)",
        new Case(
            Fixtures.floats("x", 7, 9, 3),
            x -> new NDList(
                x.getNDArrayInternal().resize(5, 11, 1), x.getNDArrayInternal().resize(12, 3, 0))));
    cases.put("multiBoxPrior(List, List, List, List, boolean)", new Case(IMAGE, MoreCases::boxes));
    image(cases, "globalLpPool(float)", x -> new NDList(x.globalLpPool(2), x.globalLpPool(4)));
    image(cases, "lpPool(float, Shape, Shape, Shape, boolean)", MoreCases::powers);
    cases.put(
        "lstm(NDArray, NDList, NDList, boolean, int, double, boolean, boolean, boolean)",
        new Case(
            STEPS,
            x -> x.getNDArrayInternal()
                .lstm(
                    x,
                    new NDList(state(x), state(x).mul(0.5f)),
                    weights(x, 4),
                    true,
                    1,
                    0,
                    false,
                    false,
                    true)));
    cases.put(
        "gru(NDArray, NDArray, NDList, boolean, int, double, boolean, boolean, boolean)",
        new Case(
            STEPS,
            x -> x.getNDArrayInternal()
                .gru(x, state(x), weights(x, 3), true, 1, 0, false, false, true)));
    cases.put(
        "rnn(NDArray, NDArray, NDList, boolean, int, Activation, double, boolean, boolean, boolean)",
        new Case(
            STEPS,
            x -> x.getNDArrayInternal()
                .rnn(
                    x,
                    state(x),
                    weights(x, 1),
                    true,
                    1,
                    RNN.Activation.RELU,
                    0,
                    false,
                    false,
                    true)));
  }

  private static NDList writing(NDArray x, Consumer<NDArray> write) {
    NDArray copy = x.mul(2);
    write.accept(copy);
    return new NDList(copy);
  }

  private static void writes(Map<String, Case> cases) {
    cases.put(
        "set(NDIndex, NDArray)",
        new Case(STEPS, x -> writing(x, y -> y.set(new NDIndex(":,1:3"), x.get(":,:2")))));
    cases.put(
        "set(NDIndex, Number)",
        new Case(STEPS, x -> writing(x, y -> y.set(new NDIndex(":,-1,2:"), 5))));
    cases.put(
        "setScalar(NDIndex, Number)",
        new Case(STEPS, x -> writing(x, y -> y.setScalar(new NDIndex(0, 1, 2), 5))));
    cases.put("set(NDArray, Number)", new Case(STEPS, x -> writing(x, y -> y.set(y.gt(0), 5))));
  }

  private static void image(
      Map<String, Case> cases, String key, Function<NDArrayEx, NDList> operation) {
    cases.put(key, new Case(IMAGE, x -> operation.apply(x.getNDArrayInternal())));
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

  private static NDList powers(NDArrayEx x) {
    NDArray positive = x.getArray().abs();
    Shape none = new Shape(0, 0);
    return new NDList(
        x.lpPool(2, new Shape(3, 2), new Shape(2, 3), none, false),
        x.lpPool(2, new Shape(3, 2), new Shape(2, 2), none, true),
        positive.getNDArrayInternal().lpPool(3, new Shape(3, 2), new Shape(2, 2), none, true),
        positive.getNDArrayInternal().lpPool(1.5f, new Shape(2, 4), new Shape(1, 3), none, false));
  }

  private static NDList boxes(NDArray x) {
    NDList boxes = x.getNDArrayInternal()
        .multiBoxPrior(
            new ArrayList<>(List.of(0.2f, 0.4f)),
            new ArrayList<>(List.of(1f, 2f)),
            new ArrayList<>(List.of(-1f, -1f)),
            new ArrayList<>(List.of(0.5f, 0.5f)),
            false);
    return new NDList(boxes.head().add(x.sum()));
  }

  /** [1, rows, 5] that follows from the input. */
  private static NDArray state(NDArray x) {
    return x.get(":,0,:5").expandDims(0).tanh();
  }

  private static NDList weights(NDArray x, int gates) {
    BiFunction<Long, Long, NDArray> made = (rows, columns) -> values(x.getManager(), rows, columns);
    long rows = 5L * gates;
    return new NDList(
        made.apply(rows, 6L),
        made.apply(rows, 5L),
        made.apply(rows, 1L).reshape(rows),
        made.apply(rows, 1L).reshape(rows).neg());
  }

  private static NDArray values(NDManager manager, long rows, long columns) {
    float[] values = new float[(int) (rows * columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 19 - 9) / 20f;
    }
    return manager.create(values, new Shape(rows, columns));
  }
}
