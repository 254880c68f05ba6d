package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** Networks of the shapes that are exported in earnest, small. */
final class Networks {
  private Networks() {}

  static Conv2d convolution(int filters, int kernel, int stride, int padding) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(false)
        .build();
  }

  /** A residual network of the ResNet-34 layout with fewer and narrower stages. */
  static SequentialBlock resnet(int classes) {
    SequentialBlock network = new SequentialBlock()
        .add(convolution(8, 7, 2, 3))
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    for (int stage = 0; stage < 2; stage++) {
      network.add(new SequentialBlock()
          .add(new Residual(8 << stage, stage + 1))
          .add(new Residual(8 << stage, 1)));
    }
    return network
        .add(Pool.globalAvgPool2dBlock())
        .add(Linear.builder().setUnits(classes).build());
  }

  /** A table of vectors. */
  static final class Vectors extends AbstractBlock {
    private final Parameter weight;
    private final int width;

    Vectors(int count, int width) {
      this.width = width;
      weight = addParameter(Parameter.builder()
          .setName("weight")
          .setType(Parameter.Type.WEIGHT)
          .optInitializer(new NormalInitializer(0.3f))
          .optShape(new Shape(count, width))
          .build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray ids = inputs.head();
      return Embedding.embedding(
          ids, store.getValue(weight, ids.getDevice(), training), SparseFormat.DENSE);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {inputs[0].add(width)};
    }
  }

  /** Dot product of user and item vectors, plus biases, through a sigmoid into a range. */
  static final class DotProductBias extends AbstractBlock {
    private final Vectors users;
    private final Vectors items;
    private final Vectors userBias;
    private final Vectors itemBias;

    DotProductBias(int userCount, int itemCount, int factors) {
      users = addChildBlock("users", new Vectors(userCount, factors));
      items = addChildBlock("items", new Vectors(itemCount, factors));
      userBias = addChildBlock("userBias", new Vectors(userCount, 1));
      itemBias = addChildBlock("itemBias", new Vectors(itemCount, 1));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDList user = new NDList(inputs.get(0));
      NDList item = new NDList(inputs.get(1));
      NDArray dot = users
          .forward(store, user, training)
          .head()
          .mul(items.forward(store, item, training).head())
          .sum(new int[] {1});
      NDArray biased = dot.add(userBias.forward(store, user, training).head().squeeze(1))
          .add(itemBias.forward(store, item, training).head().squeeze(1));
      return new NDList(Activation.sigmoid(biased).mul(5.5f));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {inputs[0]};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      getChildren().values().forEach(child -> child.initialize(manager, type, inputs[0]));
    }
  }

  /** Embeddings of categories beside normalised numbers, then layers. */
  static final class Tabular extends AbstractBlock {
    private final List<Vectors> categories = new ArrayList<>();
    private final BatchNorm numbers;
    private final SequentialBlock layers;
    private final int width;

    Tabular(int[] counts, int[] widths, int columns) {
      int total = columns;
      for (int i = 0; i < counts.length; i++) {
        categories.add(addChildBlock("category" + i, new Vectors(counts[i], widths[i])));
        total += widths[i];
      }
      width = total;
      numbers = addChildBlock("numbers", BatchNorm.builder().build());
      layers = addChildBlock(
          "layers",
          new SequentialBlock()
              .add(Linear.builder().setUnits(16).optBias(false).build())
              .add(Activation::relu)
              .add(BatchNorm.builder().build())
              .add(Dropout.builder().optRate(0.2f).build())
              .add(Linear.builder().setUnits(3).build()));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDList parts = new NDList();
      for (int i = 0; i < categories.size(); i++) {
        NDList ids = new NDList(inputs.get(0).get(":,{}", i));
        parts.add(categories.get(i).forward(store, ids, training).head());
      }
      parts.add(numbers.forward(store, new NDList(inputs.get(1)), training).head());
      return layers.forward(store, new NDList(NDArrays.concat(parts, 1)), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return layers.getOutputShapes(new Shape[] {new Shape(inputs[0].get(0), width)});
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      long rows = inputs[0].get(0);
      categories.forEach(category -> category.initialize(manager, type, new Shape(rows)));
      numbers.initialize(manager, type, inputs[1]);
      layers.initialize(manager, type, new Shape(rows, width));
    }
  }

  /** Arithmetic whose shapes, constants and divisors follow the batch, on [N, 4, 6], with three outputs. */
  static final class BatchArithmetic extends AbstractBlock {
    private final Parameter shift;
    private final Linear linear;

    BatchArithmetic() {
      shift = addParameter(Parameter.builder()
          .setName("shift")
          .setType(Parameter.Type.WEIGHT)
          .optInitializer(new NormalInitializer(0.5f))
          .optShape(new Shape(4, 6))
          .build());
      linear = addChildBlock("linear", Linear.builder().setUnits(5).build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray x = inputs.singletonOrThrow();
      NDManager manager = x.getManager();
      long batch = x.size(0);
      NDArray attention =
          x.matMul(x.transpose(0, 2, 1)).div(Math.sqrt(6)).softmax(-1).matMul(x);
      NDArray y = attention
          .add(store.getValue(shift, x.getDevice(), training))
          .mul(2)
          .sub(x.get("...,0").expandDims(2))
          .addi(0.5);
      NDArray z = NDArrays.concat(new NDList(y, manager.ones(new Shape(batch, 4, 1))), 2);
      NDArray place = manager
          .arange(0f, 4f, 1f, DataType.FLOAT32)
          .reshape(1, 4, 1)
          .broadcast(new Shape(batch, 4, 1));
      z = NDArrays.concat(new NDList(z, place), 2)
          .reshape(batch, 8, 4)
          .transpose(1, 0, 2)
          .reshape(8, batch * 4)
          .swapAxes(0, 1)
          .reshape(batch, -1, 8);
      NDArray count = manager.arange(0, (int) batch, 1, DataType.FLOAT32).reshape(batch, 1, 1);
      z = NDArrays.where(z.gt(0.1), z, z.mul(0.1f)).clip(-3, 3).add(count).div(batch);
      NDArray flat = z.get(":,{}", manager.create(new long[] {0, 2, 3})).reshape(batch * 3, 8);
      NDArray w = linear.forward(store, new NDList(flat), training).head().reshape(batch, 3, 5);
      NDArray r = w.mean(new int[] {1}).add(w.max(new int[] {1})).logSoftmax(1);
      r = r.sub(r.sum(new int[] {0}, true).div(batch))
          .add(r.getNDArrayInternal().rsub(1));
      return new NDList(r, w.argMax(2), r.split(new long[] {2}, 1).get(1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), 5)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      linear.initialize(manager, type, new Shape(inputs[0].get(0) * 3, 8));
    }
  }
}
