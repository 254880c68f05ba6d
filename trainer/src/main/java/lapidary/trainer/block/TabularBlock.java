package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.Range;
import lapidary.models.Tabular;
import org.jspecify.annotations.Nullable;

/**
 * Entity embeddings (Guo &amp; Berkhahn 2016) in the order of fastai's tabular model: embeddings → dropout, numbers → batch norm,
 * joined → [Linear → ReLU → batch norm → dropout]… → Linear. One input a column: rows int64 [N] of a category, rows int64 [N, parts]
 * of a date, numbers float32 [N, 1 or 2]. Gives logits [N, classes]; or, for a number, what is trained on [N, 1], then the answer in
 * the target's own unit [N].
 */
public final class TabularBlock extends AbstractBlock implements Folding {
  private static final byte VERSION = 1;

  private final Tabular size;
  private final List<Boolean> showsUnknown;
  private final List<EmbeddingTable> embeddings = new ArrayList<>();
  private final Dropout embeddingDropout;
  private final FreezableBatchNorm numbersNorm = new FreezableBatchNorm();
  private final List<Hidden> hidden = new ArrayList<>();
  private final Linear last;

  /** One hidden layer, its batch norm and dropout. */
  private record Hidden(Linear linear, FreezableBatchNorm norm, Dropout dropout) {}

  /** A network of this size, without values until the block is initialised. */
  public TabularBlock(Tabular size) {
    this(size, size.embeddings().stream().map(embedding -> true).toList());
  }

  /**
   * A network to train.
   *
   * @param showsUnknown for each embedding whether training rows use row 0, the unknown category
   */
  public TabularBlock(Tabular size, List<Boolean> showsUnknown) {
    super(VERSION);
    this.size = size;
    this.showsUnknown = List.copyOf(showsUnknown);
    for (Tabular.Embedding embedding : size.embeddings()) {
      EmbeddingTable table =
          new EmbeddingTable(embedding.rows(), embedding.width(), Parameter.Type.WEIGHT);
      embeddings.add(addChildBlock("embeds." + embeddings.size(), table));
    }
    embeddingDropout = addChildBlock("emb_drop", dropout(size.hidden().embeddingDropout()));
    if (size.numbers() > 0) {
      addChildBlock("bn_cont", numbersNorm);
    }
    for (int width : size.hidden().layers()) {
      hidden.add(hidden(hidden.size(), width));
    }
    last = addChildBlock(
        "layers." + hidden.size() + ".0",
        Linear.builder().setUnits(size.answer().outputs()).build());
  }

  private Hidden hidden(int index, int width) {
    String name = "layers." + index + ".";
    return new Hidden(
        addChildBlock(name + "0", Linear.builder().setUnits(width).build()),
        addChildBlock(name + "2", new FreezableBatchNorm()),
        addChildBlock(name + "3", dropout(size.hidden().dropout())));
  }

  /** Gives row 0 of the embeddings that training rows never use the mean of the known rows: an average category. */
  @Override
  public Fold fold() {
    for (int i = 0; i < embeddings.size(); i++) {
      if (!showsUnknown.get(i)) {
        embeddings.get(i).averageUnknown();
      }
    }
    return Fold.NONE;
  }

  /** A copy of an embedding's rows, [rows, width] in row-major order. */
  public float[] embedding(int index) {
    return embeddings.get(index).getParameters().valueAt(0).getArray().toFloatArray();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray x = joined(store, inputs, training);
    for (Hidden layer : hidden) {
      x = Activation.relu(run(layer.linear(), store, x, training));
      x = run(layer.dropout(), store, run(layer.norm(), store, x, training), training);
    }
    NDArray out = run(last, store, x, training);
    return size.answer().classifies() ? new NDList(out) : number(out);
  }

  /** Embeddings, then numbers, side by side. */
  private NDArray joined(ParameterStore store, NDList inputs, boolean training) {
    NDList vectors = new NDList();
    NDList numbers = new NDList();
    for (int i = 0; i < inputs.size(); i++) {
      Tabular.Column column = size.columns().get(i);
      if (column.numbers() > 0) {
        numbers.add(inputs.get(i));
      }
      for (int part = 0; part < column.embeddings().size(); part++) {
        NDArray rows = part(inputs.get(i), part);
        vectors.add(run(embeddings.get(vectors.size()), store, rows, training));
      }
    }
    NDList all = new NDList();
    if (!vectors.isEmpty()) {
      all.add(run(embeddingDropout, store, beside(vectors), training));
    }
    if (!numbers.isEmpty()) {
      all.add(run(numbersNorm, store, beside(numbers), training));
    }
    return beside(all);
  }

  private static NDArray part(NDArray rows, int part) {
    return rows.getShape().dimension() == 1 ? rows : rows.get(new NDIndex(":, " + part));
  }

  private static NDArray beside(NDList arrays) {
    NDArray first = arrays.head();
    return arrays.size() == 1 ? first : first.getNDArrayInternal().concat(arrays.subNDList(1), 1);
  }

  /** What is trained on, and the answer in the target's own unit. */
  private NDList number(NDArray out) {
    Tabular.Scale scale = size.answer().scale();
    NDArray value;
    NDArray trained;
    if (scale.range().isPresent()) {
      Range range = scale.range().get();
      NDArray wide = Constant.beside(out, range.high() - range.low());
      value = out.getNDArrayInternal().sigmoid().mul(wide).add(Constant.beside(out, range.low()));
      NDArray centred = value.sub(Constant.beside(out, scale.mean()));
      trained = centred.div(Constant.beside(out, scale.deviation()));
    } else {
      trained = out;
      NDArray deviation = Constant.beside(out, scale.deviation());
      value = out.mul(deviation).add(Constant.beside(out, scale.mean()));
    }
    return new NDList(trained, (scale.log() ? value.exp() : value).squeeze(1));
  }

  private static NDArray run(Block block, ParameterStore store, NDArray input, boolean training) {
    return block.forward(store, new NDList(input), training).head();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    long rows = inputShapes[0].get(0);
    Shape out = new Shape(rows, size.answer().outputs());
    return size.answer().classifies() ? new Shape[] {out} : new Shape[] {out, new Shape(rows)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    long rows = inputShapes[0].get(0);
    embeddings.forEach(table -> table.initialize(manager, dataType, new Shape(rows)));
    embeddingDropout.initialize(manager, dataType, new Shape(rows, 1));
    if (size.numbers() > 0) {
      numbersNorm.initialize(manager, dataType, new Shape(rows, size.numbers()));
    }
    Shape shape = new Shape(rows, size.width());
    for (Hidden layer : hidden) {
      layer.linear().initialize(manager, dataType, shape);
      shape = layer.linear().getOutputShapes(new Shape[] {shape})[0];
      layer.norm().initialize(manager, dataType, shape);
      layer.dropout().initialize(manager, dataType, shape);
    }
    last.initialize(manager, dataType, shape);
  }

  private static Dropout dropout(double rate) {
    return Dropout.builder().optRate((float) rate).build();
  }
}
