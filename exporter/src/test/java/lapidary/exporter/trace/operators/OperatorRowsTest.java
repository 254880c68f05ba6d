package lapidary.exporter.trace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.LambdaBlock;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.ExportReport;
import lapidary.exporter.Fixtures;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.models.Output;
import lapidary.models.TensorInput;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the operator table against DJL, at batch 1, 3, 8 and 37, on shapes without equal axes. */
class OperatorRowsTest {
  /** A block of one operation on x [N, 4, 6], or on an image [N, 3, 7, 9]. */
  record Case(TensorInput input, Function<NDArray, NDList> block) {}

  // The oldest, the one that moved axes of reductions into an input, and the newest; whole networks
  // take all five.
  private static final int[] OPSETS = {17, 18, 21};
  private static final TensorInput X = Fixtures.floats("x", 4, 6);
  private static final TensorInput IMAGE = Fixtures.floats("x", 3, 7, 9);
  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  private static NDManager manager;

  @TempDir
  private Path folder;

  static {
    unary();
    binary();
    activations();
    reductions();
    shapes();
    joins();
    indices();
    orders();
    layers();
    pools();
    MoreCases.addTo(CASES);
  }

  @BeforeAll
  static void open() {
    manager = NDManager.newBaseManager();
    manager.getEngine().setRandomSeed(5);
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  private static void row(String key, Function<NDArray, NDArray> block) {
    CASES.put(key, new Case(X, x -> new NDList(block.apply(x))));
  }

  private static void image(String key, Function<NDArray, NDArray> block) {
    CASES.put(key, new Case(IMAGE, x -> new NDList(block.apply(x))));
  }

  private static NDArray positive(NDArray x) {
    return x.abs().add(0.1f);
  }

  private static NDArray inside(NDArray x) {
    return x.clip(-0.9f, 0.9f);
  }

  private static NDArray whole(NDArray x) {
    return x.mul(3).toType(DataType.INT64, false);
  }

  private static void unary() {
    row("neg()", NDArray::neg);
    row("abs()", NDArray::abs);
    row("sign()", NDArray::sign);
    row("sqrt()", x -> positive(x).sqrt());
    row("exp()", NDArray::exp);
    row("log()", x -> positive(x).log());
    row("log2()", x -> positive(x).log2());
    row("log10()", x -> positive(x).log10());
    row("sin()", NDArray::sin);
    row("cos()", NDArray::cos);
    row("tan()", x -> inside(x).tan());
    row("asin()", x -> inside(x).asin());
    row("acos()", x -> inside(x).acos());
    row("atan()", NDArray::atan);
    row("sinh()", NDArray::sinh);
    row("cosh()", NDArray::cosh);
    row("erf()", NDArray::erf);
    row("floor()", x -> x.mul(3).floor().add(whole(x).floor()));
    row("ceil()", x -> x.mul(3).ceil());
    row(
        "round()",
        x -> x.mul(4)
            .toType(DataType.INT64, false)
            .toType(DataType.FLOAT32, false)
            .div(2)
            .round());
    row("trunc()", x -> x.mul(3).trunc());
    row("square()", NDArray::square);
    row("cbrt()", x -> positive(x).cbrt());
    row("toDegrees()", NDArray::toDegrees);
    row("toRadians()", NDArray::toRadians);
    row("isNaN()", x -> x.log().isNaN());
    row("isInfinite()", x -> x.div(whole(x)).isInfinite());
    row("logicalNot()", x -> x.gt(0).logicalNot());
    row("clip(Number, Number)", x -> x.clip(-0.5, 1));
    row("toType(DataType, boolean)", x -> x.mul(5).toType(DataType.INT32, true).add(1));
  }

  private static void binary() {
    for (String side : List.of("Number", "NDArray")) {
      both("add", side, (x, y) -> y instanceof Number n ? x.add(n) : x.add((NDArray) y));
      both("sub", side, (x, y) -> y instanceof Number n ? x.sub(n) : x.sub((NDArray) y));
      both("mul", side, (x, y) -> y instanceof Number n ? x.mul(n) : x.mul((NDArray) y));
      both("div", side, (x, y) -> y instanceof Number n ? whole(x).div(n) : x.div((NDArray) y));
      both("mod", side, (x, y) -> y instanceof Number n ? whole(x).mod(n) : x.mod((NDArray) y));
      both(
          "maximum", side, (x, y) -> y instanceof Number n ? x.maximum(n) : x.maximum((NDArray) y));
      both(
          "minimum", side, (x, y) -> y instanceof Number n ? x.minimum(n) : x.minimum((NDArray) y));
      both(
          "eq",
          side,
          (x, y) -> y instanceof Number n ? whole(x).eq(n) : whole(x).eq((NDArray) y));
      both(
          "neq",
          side,
          (x, y) -> y instanceof Number n ? whole(x).neq(n) : whole(x).neq((NDArray) y));
      both("gt", side, (x, y) -> y instanceof Number n ? x.gt(n) : x.gt((NDArray) y));
      both("gte", side, (x, y) -> y instanceof Number n ? x.gte(n) : x.gte((NDArray) y));
      both("lt", side, (x, y) -> y instanceof Number n ? x.lt(n) : x.lt((NDArray) y));
      both("lte", side, (x, y) -> y instanceof Number n ? x.lte(n) : x.lte((NDArray) y));
    }
    row("pow(Number)", x -> x.pow(3));
    row("pow(NDArray)", x -> positive(x).pow(x));
    row("logicalAnd(NDArray)", x -> x.gt(0).logicalAnd(x.lt(1)));
    row("logicalOr(NDArray)", x -> x.gt(1).logicalOr(x.lt(0)));
    row("logicalXor(NDArray)", x -> x.gt(0).logicalXor(x.lt(1)));
  }

  private interface Two {
    NDArray apply(NDArray left, Object right);
  }

  private static void both(String method, String side, Two operation) {
    row(
        method + "(" + side + ")",
        x -> operation.apply(
            x, side.equals("Number") ? 2 : (Object) positive(x.get(":,:1,:").flip(2))));
  }

  private static void activations() {
    row("relu()", x -> x.getNDArrayInternal().relu());
    row("sigmoid()", x -> x.getNDArrayInternal().sigmoid());
    row("tanh()", x -> x.tanh().add(x.getNDArrayInternal().tanh()));
    row("softPlus()", x -> x.getNDArrayInternal().softPlus());
    row("softSign()", x -> x.getNDArrayInternal().softSign());
    row("selu()", x -> x.getNDArrayInternal().selu());
    row("gelu()", x -> x.getNDArrayInternal().gelu());
    row("leakyRelu(float)", x -> x.getNDArrayInternal().leakyRelu(0.2f));
    row("elu(float)", x -> x.getNDArrayInternal().elu(0.7f));
    row("softmax(int)", x -> x.softmax(1));
    row("logSoftmax(int)", x -> x.logSoftmax(-1));
  }

  private static void reductions() {
    row("sum()", x -> whole(x).sum().add(x.gt(0).sum()).add(x));
    row("mean()", x -> x.mean().add(x));
    row("max()", x -> x.max().add(x));
    row("min()", x -> x.min().add(x));
    row("prod()", x -> inside(x).prod().add(x));
    row("sum(int[], boolean)", x -> x.sum(new int[] {-1, 1}).add(x.sum(new int[] {1, 2})));
    row("mean(int[], boolean)", x -> x.mean(new int[] {2}, true));
    row("max(int[], boolean)", x -> x.max(new int[] {1}));
    row("min(int[], boolean)", x -> x.min(new int[] {-1}, true));
    row("prod(int[], boolean)", x -> x.prod(new int[] {1}));
    row("norm(boolean)", x -> x.norm(false).add(x));
    row(
        "norm(int, int[], boolean)",
        x -> x.norm(1, new int[] {2}, true).add(x.norm(new int[] {1}, true)));
    row("normalize(double, long, double)", x -> x.normalize(2, 2).add(x.normalize(1, 1)));
  }

  private static void shapes() {
    row("reshape(Shape)", x -> x.reshape(x.size(0), 2, -1).transpose(1, 0, 2).reshape(-1, 3));
    row("flatten()", x -> x.flatten().expandDims(0));
    row("flatten(int, int)", x -> x.flatten(0, 1).add(x.flatten(1, 2).sum()));
    row("expandDims(int)", x -> x.expandDims(-1).expandDims(1));
    row(
        "squeeze()",
        x -> x.expandDims(1).expandDims(0).add(x.expandDims(3).get(":1").squeeze()));
    row("squeeze(int)", x -> x.expandDims(2).squeeze(2).squeeze(1));
    row("squeeze(int[])", x -> x.expandDims(2).expandDims(0).squeeze(new int[] {0, 3}));
    row("transpose()", NDArray::transpose);
    row("transpose(int[])", x -> x.transpose(0, 2, 1).add(x.swapAxes(1, 2)));
    row("broadcast(Shape)", x -> x.get(":,:,:1").broadcast(x.getShape()));
    row("tile(long)", x -> x.tile(2));
    row(
        "tile(long[])",
        x -> x.tile(new long[] {1, 2, 3}).sum().add(x.tile(new long[] {2, 1, 2, 3})));
    row("repeat(long)", x -> x.repeat(2));
    row("repeat(long[])", x -> x.repeat(new long[] {1, 3, 2}));
    row("repeat(int, long)", x -> x.repeat(1, 3));
    row("pad(Shape, double)", x -> x.pad(new Shape(1, 2, 0, 3), 0.5));
    row("flip(int[])", x -> x.flip(1, 2));
  }

  private static void joins() {
    row("concat(NDList, int)", x -> NDArrays.concat(new NDList(x, whole(x), x.neg()), -1));
    row("stack(NDList, int)", x -> NDArrays.stack(new NDList(x, x.neg()), 2));
    CASES.put("split(long[], int)", new Case(X, x -> x.split(new long[] {1, 4}, 2)));
    CASES.put("split(long, int)", new Case(X, x -> x.split(2, 1)));
    row("where(NDArray, NDArray)", x -> NDArrays.where(x.gt(0), x, x.mul(0.1f)));
    row("dot(NDArray)", x -> x.flatten().dot(x.flatten()).add(x));
    row("matMul(NDArray)", x -> x.matMul(x.transpose(0, 2, 1)));
    row("batchMatMul(NDArray)", x -> x.batchMatMul(x.transpose(0, 2, 1)));
  }

  private static void indices() {
    row(
        "get(NDManager, NDIndex)",
        x -> x.get("...,1:5:2")
            .sum(new int[] {2})
            .add(x.get(":,-1,null,2:5").sum())
            .add(x.get(":,:,-2"))
            .add(x.get(x.getManager().create(new long[] {0, 0, 0})).sum())
            .add(x.get(":,{},1", x.getManager().create(new int[] {2, 0, 3, 1}))));
    row("gather(NDArray, int)", x -> x.gather(x.argSort(2), 2));
    row(
        "gatherNd(NDArray)",
        x -> x.gatherNd(x.getManager()
            .create(new long[][] {{0, 0, 0}, {3, 1, 0}})
            .toType(DataType.INT64, false)));
    row(
        "take(NDManager, NDArray)",
        x -> x.take(x.getManager().create(new long[] {5, 0, 7})).add(x.sum()));
    row("scatter(NDArray, NDArray, int)", x -> x.scatter(x.argSort(1), x.neg(), 1));
    row("oneHot(int)", x -> x.argMax(2).oneHot(6));
    row("oneHot(int, DataType)", x -> x.argMax(1).oneHot(4, DataType.INT64));
  }

  private static void orders() {
    row("argMax()", x -> x.argMax().add(x));
    row("argMin()", x -> x.argMin().add(x));
    row("argMax(int)", x -> x.argMax(1));
    row("argMin(int)", x -> x.argMin(-1));
    CASES.put("topK(int, int, boolean, boolean)", new Case(X, x -> x.topK(3, 2, false, true)));
    row("sort()", NDArray::sort);
    row("sort(int)", x -> x.sort(1));
    row("argSort(int, boolean)", x -> x.argSort(2, false).add(x.argSort(1)));
    row("cumSum()", NDArray::cumSum);
    row("cumSum(int)", x -> whole(x).cumSum(2));
  }

  private static NDArray constant(NDArray x, long... shape) {
    int size = (int) new Shape(shape).size();
    float[] values = new float[size];
    IntStream.range(0, size).forEach(i -> values[i] = (i * 37 % 19 - 9) / 10f);
    return x.getManager().create(values, new Shape(shape));
  }

  private static void layers() {
    row(
        "linear(NDArray, NDArray, NDArray)",
        x -> x.getNDArrayInternal()
            .linear(x, constant(x, 5, 6), constant(x, 5))
            .head()
            .add(x.getNDArrayInternal()
                .linear(x.get(":,0"), constant(x, 5, 6), null)
                .head()
                .expandDims(1)));
    image(
        "convolution(NDArray, NDArray, NDArray, Shape, Shape, Shape, int)",
        x -> x.getNDArrayInternal()
            .convolution(
                x,
                constant(x, 6, 1, 3, 2),
                constant(x, 6),
                new Shape(2, 1),
                new Shape(1, 2),
                new Shape(1, 2),
                3)
            .head());
    image(
        "batchNorm(NDArray, NDArray, NDArray, NDArray, NDArray, int, float, float, boolean)",
        x -> normalized(x, 1).add(normalized(x, 3)));
    row(
        "layerNorm(NDArray, Shape, NDArray, NDArray, float)",
        x -> x.getNDArrayInternal()
            .layerNorm(x, new Shape(4, 6), constant(x, 4, 6), constant(x, 4, 6), 1e-5f)
            .head());
    row(
        "embedding(NDArray, NDArray, SparseFormat)",
        x -> x.getNDArrayInternal()
            .embedding(x.argMax(2), constant(x, 6, 3), SparseFormat.DENSE)
            .head());
    row(
        "dropout(NDArray, float, boolean)",
        x -> x.getNDArrayInternal().dropout(x.mul(2), 0.5f, false).head());
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

  private static void pools() {
    image("globalAvgPool()", x -> x.getNDArrayInternal().globalAvgPool());
    image("globalMaxPool()", x -> x.getNDArrayInternal().globalMaxPool());
    image(
        "maxPool(Shape, Shape, Shape, boolean)",
        x -> x.getNDArrayInternal()
            .maxPool(new Shape(3, 2), new Shape(2, 3), new Shape(1, 0), true));
    image(
        "avgPool(Shape, Shape, Shape, boolean, boolean)",
        x -> x.getNDArrayInternal()
            .avgPool(new Shape(3, 2), new Shape(2, 3), new Shape(1, 1), false, false)
            .sum()
            .add(x.getNDArrayInternal()
                .avgPool(new Shape(3, 2), new Shape(2, 3), new Shape(1, 1), false, true)));
  }

  @Test
  void everyRowHasACase() {
    assertThat(new TreeSet<>(CASES.keySet())).isEqualTo(new OperatorTable().keys());
  }

  @TestFactory
  Stream<DynamicTest> agreesWithDjl() {
    return CASES.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(
            entry.getKey(), () -> agrees(entry.getKey(), entry.getValue())));
  }

  private void agrees(String key, Case example) {
    LambdaBlock block = new LambdaBlock(list -> example.block().apply(list.head()));
    List<Output> outputs = outputs(block, example.input());
    for (int opset : OPSETS) {
      ExportReport report = OnnxExporter.export(
          block,
          Fixtures.description(List.of(example.input()), outputs),
          folder.resolve(key.hashCode() + "-" + opset + ".onnx"),
          ExportOptions.defaults().withOpset(opset).withTolerance(5e-6),
          ParityRows.random(3));
      assertThat(report.parity().holds()).isTrue();
    }
  }

  private static List<Output> outputs(LambdaBlock block, TensorInput input) {
    try (NDManager scope = manager.newSubManager()) {
      Shape row = new Shape(input.shape().stream().mapToLong(Long::longValue).toArray());
      int count = block
          .forward(
              new ParameterStore(scope, false),
              new NDList(scope.zeros(new Shape(2).addAll(row))),
              false)
          .size();
      List<Output> outputs = new ArrayList<>();
      IntStream.range(0, count).forEach(i -> outputs.add(Output.of("y" + i, i)));
      return outputs;
    }
  }
}
