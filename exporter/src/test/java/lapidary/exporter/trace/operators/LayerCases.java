package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.IMAGE;
import static lapidary.exporter.trace.operators.CaseList.X;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.recurrent.RNN;
import java.util.function.Function;

/** Layers with weights. */
final class LayerCases {
  private LayerCases() {}

  static void addTo(CaseList cases) {
    cases.run(
        "NDArrayEx.linear(NDArray, NDArray, NDArray)",
        X,
        x -> new NDList(x, constant(x, 5, 6), constant(x, 5), x.get(":,0")),
        LayerCases::linear);
    cases.call(
        "NDArrayEx.convolution(NDArray, NDArray, NDArray, Shape, Shape, Shape, int)",
        IMAGE,
        x -> new NDList(x, constant(x, 6, 1, 3, 2), constant(x, 6)),
        new Case.Given(0),
        new Case.Given(1),
        new Case.Given(2),
        new Shape(2, 1),
        new Shape(1, 2),
        new Shape(1, 2),
        3);
    cases.call(
        "NDArrayEx.deconvolution(NDArray, NDArray, NDArray, Shape, Shape, Shape, Shape, int)",
        IMAGE,
        x -> new NDList(x, constant(x, 3, 2, 3, 2), constant(x, 6)),
        new Case.Given(0),
        new Case.Given(1),
        new Case.Given(2),
        new Shape(2, 1),
        new Shape(1, 2),
        new Shape(0, 0),
        new Shape(1, 1),
        3);
    cases.run(
        "NDArrayEx.batchNorm(NDArray, NDArray, NDArray, NDArray, NDArray, int, float, float, boolean)",
        IMAGE,
        NDList::new,
        arrays -> new NDList(normalized(arrays.head(), 1), normalized(arrays.head(), 3)));
    cases.of(
        "NDArrayEx.layerNorm(NDArray, Shape, NDArray, NDArray, float)",
        x -> new NDList(x, constant(x, 4, 6)),
        new Case.Given(0),
        new Shape(4, 6),
        new Case.Given(1),
        new Case.Given(1),
        1e-5f);
    cases.of(
        "NDArrayEx.embedding(NDArray, NDArray, SparseFormat)",
        x -> new NDList(x.argMax(2), constant(x, 6, 3)),
        new Case.Given(0),
        new Case.Given(1),
        SparseFormat.DENSE);
    cases.of(
        "NDArrayEx.dropout(NDArray, float, boolean)",
        x -> new NDList(x.mul(2)),
        new Case.Given(0),
        0.5f,
        false);
    cases.of(
        "NDArrayEx.prelu(NDArray, NDArray)",
        x -> new NDList(x, constant(x, 1)),
        new Case.Given(0),
        new Case.Given(1));
    recurrent(cases);
  }

  private static NDList linear(NDList arrays) {
    NDArrayEx x = arrays.head().getNDArrayInternal();
    return new NDList(
        x.linear(arrays.get(0), arrays.get(1), arrays.get(2)).head(),
        x.linear(arrays.get(0), arrays.get(1), null).head(),
        x.linear(arrays.get(3), arrays.get(1), arrays.get(2)).head());
  }

  private static NDArray normalized(NDArray x, int axis) {
    long size = x.getShape().get(axis);
    return x.getNDArrayInternal()
        .batchNorm(
            x,
            constant(x, size),
            constant(x, size).abs().add(0.5f),
            constant(x, size),
            constant(x, size).neg(),
            axis,
            0.9f,
            1e-5f,
            false)
        .head();
  }

  private static void recurrent(CaseList cases) {
    cases.run(
        "NDArrayEx.lstm(NDArray, NDList, NDList, boolean, int, double, boolean, boolean, boolean)",
        X,
        stateAnd(4),
        arrays -> arrays
            .head()
            .getNDArrayInternal()
            .lstm(
                arrays.head(),
                new NDList(arrays.get(1), arrays.get(1)),
                arrays.subNDList(2),
                true,
                1,
                0,
                false,
                false,
                true));
    cases.run(
        "NDArrayEx.gru(NDArray, NDArray, NDList, boolean, int, double, boolean, boolean, boolean)",
        X,
        stateAnd(3),
        arrays -> arrays
            .head()
            .getNDArrayInternal()
            .gru(
                arrays.head(), arrays.get(1), arrays.subNDList(2), true, 1, 0, false, false, true));
    cases.run(
        "NDArrayEx.rnn(NDArray, NDArray, NDList, boolean, int, Activation, double, boolean, boolean, boolean)",
        X,
        stateAnd(1),
        arrays -> arrays
            .head()
            .getNDArrayInternal()
            .rnn(
                arrays.head(),
                arrays.get(1),
                arrays.subNDList(2),
                true,
                1,
                RNN.Activation.RELU,
                0,
                false,
                false,
                true));
  }

  /** x, a state [1, rows, 5] that follows from it, and weights. */
  private static Function<NDArray, NDList> stateAnd(int gates) {
    long rows = 5L * gates;
    return x -> new NDList(
        x,
        x.get(":,0,:5").expandDims(0).tanh(),
        constant(x, rows, 6),
        constant(x, rows, 5),
        constant(x, rows),
        constant(x, rows).neg());
  }

  private static NDArray constant(NDArray x, long... shape) {
    NDManager manager = x.getManager();
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 19 - 9) / 20f;
    }
    return manager.create(values, new Shape(shape));
  }
}
