package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv1dTranspose;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.ConstantEmbedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.LinearCollection;
import ai.djl.nn.core.Multiplication;
import ai.djl.nn.core.Prelu;
import ai.djl.nn.core.SparseMax;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.nn.transformer.BertMaskedLanguageModelBlock;
import ai.djl.nn.transformer.BertNextSentenceBlock;
import ai.djl.nn.transformer.BertPretrainingBlock;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.PointwiseFeedForwardBlock;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.initializer.Initializer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import lapidary.exporter.Fixtures;
import lapidary.models.TensorInput;

/** A case of every block class, with weights that are not 0 and 1. */
final class BlockCases {
  /**
   * A block that is initialized, and what it takes.
   *
   * @param batch the only one, for blocks that do not run in DJL itself at every batch
   */
  record BlockCase(Block block, List<TensorInput> inputs, OptionalLong batch) {
    BlockCase atBatch(long size) {
      return new BlockCase(block, inputs, OptionalLong.of(size));
    }
  }

  private static final TensorInput FLAT = Fixtures.floats("x", 6);
  private static final TensorInput STEPS = Fixtures.floats("x", 4, 6);
  private static final TensorInput IMAGE = Fixtures.floats("x", 3, 7, 9);
  private static final List<TensorInput> TOKENS =
      List.of(Fixtures.ids("ids", 5), Fixtures.ids("types", 5), Fixtures.ids("mask", 5));

  private final NDManager manager;
  private final Map<String, BlockCase> cases = new TreeMap<>();

  private BlockCases(NDManager manager) {
    this.manager = manager;
  }

  /** By the simple names of their classes. */
  static Map<String, BlockCase> all(NDManager manager) {
    BlockCases all = new BlockCases(manager);
    all.containers();
    all.layers();
    all.convolutions();
    all.recurrent();
    all.transformers();
    // The engine takes batches that its parts divide, and squeezes a batch of one away.
    all.cases.computeIfPresent("GhostBatchNorm", (name, example) -> example.atBatch(4));
    all.cases.computeIfPresent("BertPretrainingBlock", (name, example) -> example.atBatch(4));
    return all.cases;
  }

  private void add(Block block, TensorInput input) {
    Shape row = new Shape(input.shape().stream().mapToLong(Long::longValue).toArray());
    Fixtures.initialized(block, manager, new Shape(2).addAll(row));
    add(block, List.of(input));
  }

  private void add(Block block, List<TensorInput> inputs) {
    cases.put(block.getClass().getSimpleName(), new BlockCase(block, inputs, OptionalLong.empty()));
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private void containers() {
    add(new LambdaBlock(Activation::relu), FLAT);
    add(new SequentialBlock().add(linear(5)).add(Activation.geluBlock()), FLAT);
    add(
        new ParallelBlock(
                lists -> new NDList(lists.get(0).head().add(lists.get(1).head())))
            .add(linear(5))
            .add(linear(5)),
        FLAT);
  }

  private void layers() {
    add(linear(5), STEPS);
    add(LinearCollection.builder().setUnits(5).build(), STEPS);
    add(Multiplication.builder().setUnits(6).build(), FLAT);
    Prelu prelu = new Prelu();
    prelu.setInitializer(Initializer.ONES, Parameter.Type.WEIGHT);
    add(prelu, FLAT);
    add(new SparseMax(1, 3), FLAT);
    add(
        new ConstantEmbedding(manager.create(new float[] {1, 2, 3})),
        List.of(Fixtures.ids("ids", 4)));
    add(BatchNorm.builder().build(), IMAGE);
    add(GhostBatchNorm.builder().optVirtualBatchSize(2).build(), IMAGE);
    add(LayerNorm.builder().build(), STEPS);
    add(Dropout.builder().build(), FLAT);
  }

  private void convolutions() {
    add(
        Conv1d.builder().setFilters(4).setKernelShape(new Shape(3)).build(),
        Fixtures.floats("x", 3, 9));
    add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 2)).build(), IMAGE);
    add(
        Conv3d.builder().setFilters(4).setKernelShape(new Shape(2, 3, 2)).build(),
        Fixtures.floats("x", 3, 4, 7, 5));
    add(
        Conv1dTranspose.builder().setFilters(4).setKernelShape(new Shape(3)).build(),
        Fixtures.floats("x", 3, 9));
    add(Conv2dTranspose.builder().setFilters(4).setKernelShape(new Shape(3, 2)).build(), IMAGE);
  }

  private void recurrent() {
    add(LSTM.builder().setStateSize(5).setNumLayers(2).build(), STEPS);
    add(GRU.builder().setStateSize(5).setNumLayers(2).build(), STEPS);
    add(
        RNN.builder()
            .setStateSize(5)
            .setNumLayers(1)
            .setActivation(RNN.Activation.TANH)
            .build(),
        STEPS);
  }

  private void transformers() {
    add(
        ScaledDotProductAttentionBlock.builder()
            .setEmbeddingSize(6)
            .setHeadCount(2)
            .build(),
        STEPS);
    add(new TransformerEncoderBlock(6, 2, 10, 0.1f, Activation::gelu), STEPS);
    add(new PointwiseFeedForwardBlock(List.of(9, 7), 5, Activation::relu), STEPS);
    IdEmbedding ids =
        new IdEmbedding.Builder().setDictionarySize(9).setEmbeddingSize(6).build();
    ids.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    add(ids, List.of(Fixtures.ids("ids", 5)));
    BertBlock bert = small().build();
    add(initialized(bert, 3), TOKENS);
    add(new BertNextSentenceBlock(), FLAT);
    language(bert);
    add(
        initialized(new BertPretrainingBlock(small()), 4),
        List.of(TOKENS.get(0), TOKENS.get(1), TOKENS.get(2), Fixtures.ids("places", 3)));
  }

  /** Guesses the words at masked places; the table of words is no row, so it is made as a constant. */
  private void language(BertBlock bert) {
    Block language = new BertMaskedLanguageModelBlock(bert, BlockCases::gelu);
    Fixtures.initialized(language, manager, new Shape(2, 5, 6), new Shape(2, 3), new Shape(9, 6));
    manager.getEngine().setRandomSeed(13);
    float[] table = manager.randomNormal(new Shape(9, 6)).toFloatArray();
    Block block = new SequentialBlock()
        .add(new LambdaBlock(list -> new NDList(
            list.get(0), list.get(1), list.head().getManager().create(table, new Shape(9, 6)))))
        .add(language);
    cases.put(
        language.getClass().getSimpleName(),
        new BlockCase(
            block,
            List.of(Fixtures.floats("sequence", 5, 6), Fixtures.ids("places", 3)),
            OptionalLong.empty()));
  }

  private static NDArray gelu(NDArray x) {
    return Activation.gelu(x);
  }

  /** A BERT of two layers, six wide, for nine words and five places. */
  static BertBlock.Builder small() {
    return BertBlock.builder()
        .setTokenDictionarySize(9)
        .optMaxSequenceLength(5)
        .optEmbeddingSize(6)
        .optTransformerBlockCount(2)
        .optAttentionHeadCount(2)
        .optHiddenSize(12);
  }

  private Block initialized(Block block, int inputs) {
    Shape[] shapes = new Shape[inputs];
    Arrays.fill(shapes, new Shape(2, 5));
    return Fixtures.initialized(block, manager, shapes);
  }
}
