package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A row of numbers for each id: row numbers int64 [N] → rows [N, width]. Row 0 stands for every unknown id. Looking a row up is
 * multiplying the id's one-hot vector by the table, without the zeros.
 */
public final class EmbeddingTable extends AbstractBlock {
  private static final byte VERSION = 1;

  private final int width;
  private final Parameter weight;

  /**
   * A table of zeros.
   *
   * @param type {@code BIAS} for a table of biases, which weight decay may leave out
   */
  EmbeddingTable(int rows, int width, Parameter.Type type) {
    super(VERSION);
    this.width = width;
    this.weight = addParameter(Parameter.builder()
        .setName("weight")
        .setType(type)
        .optShape(new Shape(rows, width))
        .optInitializer(Initializer.ZEROS)
        .build());
  }

  /** The rows of {@code ids}; they belong to the ids' manager. */
  NDArray rows(ParameterStore store, NDArray ids, boolean training) {
    NDArray table = store.getValue(weight, ids.getDevice(), training);
    return Embedding.embedding(ids, table, SparseFormat.DENSE).head();
  }

  /** The table itself, which the block owns. */
  NDArray table() {
    return weight.getArray();
  }

  /** Gives the unknown the mean of all known rows: an average user or item. */
  void averageUnknown() {
    Weights.overwrite(weight.getArray(), averaged(weight.getArray().toFloatArray()));
  }

  /** These rows of a table of this width with the mean of all known ones as the unknown. */
  float[] averaged(float[] rows) {
    float[] values = rows.clone();
    int known = values.length / width - 1;
    for (int column = 0; column < width; column++) {
      double sum = 0;
      for (int row = 1; row <= known; row++) {
        sum += values[row * width + column];
      }
      values[column] = (float) (sum / known);
    }
    return values;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    return new NDList(rows(store, inputs.head(), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0].add(width)};
  }
}
