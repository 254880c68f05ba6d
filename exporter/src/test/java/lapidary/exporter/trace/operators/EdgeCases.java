package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import lapidary.exporter.Fixtures;
import lapidary.models.TensorInput;

/** Functions of NaN, infinities and both zeros. */
final class EdgeCases {
  private static final int SIZE = 7;
  private static final TensorInput INPUT = Fixtures.floats("x", SIZE, SIZE);
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] SPECIAL = {-0f, 0f, 1, -2.5f, INFINITY, -INFINITY, NAN};

  /** Each kind alone in its row, and a row of none; the last two have several. */
  private static final float[][] MIXED = {
    {0.5f, -1.5f, 3, 2, -0.25f, 1, 7},
    {0.5f, NAN, 3, 2, -0.25f, 1, 7},
    {0.5f, -1.5f, INFINITY, 2, -0.25f, 1, 7},
    {0.5f, -1.5f, 3, -INFINITY, -0.25f, 1, 7},
    {0f, -0f, 3, -2, -0f, 0f, 7},
    {NAN, -1.5f, 3, NAN, NAN, 1, -7},
    {0.5f, -INFINITY, INFINITY, 2, -0.25f, INFINITY, 7}
  };

  private static final float[][] NEAR_ONE = {
    {-1, 1, 0, -0f, 0.5f, -0.5f, 0.999f},
    {2, -2, NAN, INFINITY, -INFINITY, 1.0001f, -1.0001f},
    {-1, 1, 0, -0f, 0.5f, -0.5f, 0.999f},
    {2, -2, NAN, INFINITY, -INFINITY, 1.0001f, -1.0001f},
    {-1, 1, 0, -0f, 0.5f, -0.5f, 0.999f},
    {2, -2, NAN, INFINITY, -INFINITY, 1.0001f, -1.0001f},
    {0.1f, 0.2f, -0.3f, 0.4f, 0.9f, 0.99f, 0.9999f}
  };

  private final Map<String, Case> cases = new LinkedHashMap<>();

  private EdgeCases() {}

  /** By what is done. */
  static Map<String, Case> all() {
    EdgeCases all = new EdgeCases();
    all.pairs();
    all.activations();
    all.numbers();
    all.reductions();
    all.orders();
    all.pools();
    return all.cases;
  }

  /** These numbers in every row of the batch; a graph cannot tell that no input is as large. */
  private static NDArray given(NDArray x, float[][] numbers) {
    NDArray constant = x.getManager().create(numbers);
    return NDArrays.where(x.gt(1e9), x, constant.expandDims(0));
  }

  private void of(String name, UnaryOperator<NDArray> function) {
    of(name, MIXED, function);
  }

  private void of(String name, float[][] numbers, UnaryOperator<NDArray> function) {
    cases.put(
        name + " of NaN, infinities and zeros",
        new Case(
            INPUT,
            x -> new NDList(given(x, numbers)),
            arrays -> new NDList(function.apply(arrays.head()))));
  }

  private void ofPairs(String name, BinaryOperator<NDArray> function) {
    float[][] left = new float[SIZE][SIZE];
    float[][] right = new float[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        left[i][j] = SPECIAL[i];
        right[i][j] = SPECIAL[j];
      }
    }
    cases.put(
        name + " of all pairs of NaN, infinities and zeros",
        new Case(
            INPUT,
            x -> new NDList(given(x, left), given(x, right)),
            arrays -> new NDList(function.apply(arrays.get(0), arrays.get(1)))));
  }

  private void pairs() {
    ofPairs("atan2", NDArray::atan2);
    ofPairs("maximum", NDArray::maximum);
    ofPairs("minimum", NDArray::minimum);
    ofPairs("gt", NDArray::gt);
    ofPairs("gte", NDArray::gte);
    ofPairs("lt", NDArray::lt);
    ofPairs("lte", NDArray::lte);
    ofPairs("eq", NDArray::eq);
    ofPairs("neq", NDArray::neq);
    ofPairs("div", NDArray::div);
    ofPairs("pow", NDArray::pow);
    ofPairs("xlogy", NDArray::xlogy);
    ofPairs("mod", NDArray::mod);
  }

  private static NDArrayEx inner(NDArray x) {
    return x.getNDArrayInternal();
  }

  private void activations() {
    of("relu", x -> inner(x).relu());
    of("sigmoid", x -> inner(x).sigmoid());
    of("tanh", NDArray::tanh);
    of("softPlus", x -> inner(x).softPlus());
    of("softSign", x -> inner(x).softSign());
    of("selu", x -> inner(x).selu());
    of("elu", x -> inner(x).elu(0.7f));
    of("leakyRelu", x -> inner(x).leakyRelu(0.2f));
    of("gelu", x -> inner(x).gelu());
    of("swish", x -> inner(x).swish(1.5f));
    of("mish", x -> inner(x).mish());
    of("softmax", x -> x.softmax(2));
    of("logSoftmax", x -> x.logSoftmax(2));
  }

  private void numbers() {
    of("erfinv", NEAR_ONE, NDArray::erfinv);
    of("asin", NEAR_ONE, NDArray::asin);
    of("acos", NEAR_ONE, NDArray::acos);
    of("clip", x -> x.clip(-0.5, 0.5));
    of("sign", NDArray::sign);
    of("round", NDArray::round);
    of("trunc", NDArray::trunc);
    of("exp", NDArray::exp);
    of("log", NDArray::log);
    of("log2", NDArray::log2);
    of("sqrt", NDArray::sqrt);
    of("cbrt", x -> x.abs().cbrt());
    of("square", NDArray::square);
    of("pow", x -> x.pow(2).add(x.pow(0.5)));
    of("sin", NDArray::sin);
    of("cos", NDArray::cos);
    of("atan", NDArray::atan);
    of("erf", NDArray::erf);
    of("isNaN", NDArray::isNaN);
    of("isInfinite", NDArray::isInfinite);
    of("gt", x -> x.gt(0));
    of("lte", x -> x.lte(0));
    of("neq", x -> x.neq(0));
    of("to truth values", x -> x.toType(DataType.BOOLEAN, false));
    of("mod", x -> x.mod(2));
  }

  private void reductions() {
    of("mean", x -> x.mean(new int[] {2}));
    of("sum", x -> x.sum(new int[] {2}));
    of("prod", x -> x.prod(new int[] {2}));
    of("max", x -> x.max(new int[] {2}));
    of("min", x -> x.min(new int[] {1}, true));
    of("max of all", x -> x.max().add(x.mul(0)));
    of("norm", x -> x.norm(new int[] {2}));
    of("norm of order 1", x -> x.norm(1, new int[] {2}, false));
    of("normalize", x -> x.normalize(2, 2));
    of("countNonzero", x -> x.countNonzero(2));
    of("cumSum", x -> x.cumSum(2));
    of("cumProd", x -> x.cumProd(2));
  }

  private void orders() {
    of("argMax", x -> x.argMax(2));
    of("argMin", x -> x.argMin(2));
    of("argMax of all", x -> x.argMax().add(x.argMin(2)));
    of("sort", x -> x.sort(2));
    of("argSort", x -> x.argSort(2));
    of("median", x -> x.median(new int[] {2}));
    of("percentile", x -> x.percentile(30, new int[] {2}));
    of("topK", x -> x.topK(3, 2, true, true).get(0));
    of("topK of the smallest", x -> x.topK(5, 2, false, true).get(0));
  }

  private static NDArrayEx image(NDArray x) {
    return x.expandDims(1).getNDArrayInternal();
  }

  private void pools() {
    Shape window = new Shape(2, 3);
    Shape stride = new Shape(1, 2);
    Shape none = new Shape(0, 0);
    Shape one = new Shape(1, 1);
    of("maxPool", x -> image(x).maxPool(window, stride, none, false));
    of("padded maxPool", x -> image(x).maxPool(new Shape(3, 3), new Shape(2, 2), one, true));
    of("avgPool", x -> image(x).avgPool(window, stride, none, false, true));
    of("padded avgPool", x -> image(x).avgPool(new Shape(3, 3), new Shape(2, 2), one, true, true));
    of("globalMaxPool", x -> image(x).globalMaxPool());
    of("globalAvgPool", x -> image(x).globalAvgPool());
    of("lpPool", x -> image(x).lpPool(2, window, stride, none, false));
  }
}
