package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What an item's raters say of it: rows of users and of items int64 [N] → |R|^-½ · Σ z over the users R who rated the item,
 * [N, factors], whatever their ratings. It is the implicit feedback of SVD++ (Koren 2008) with users and items exchanged. While it
 * learns, the row's own user is left out of the sum: of a rating to predict, nobody knows yet that it was given.
 */
final class RaterSum extends AbstractBlock {
  private static final byte VERSION = 1;

  /** Numbers in the table of shares: 256 MiB. */
  private static final long LARGEST = 1L << 26;

  private final Architecture.Collab size;
  private final int[] users;
  private final int[] items;
  private final Parameter weight;
  private @Nullable NDArray shares;
  private @Nullable NDArray share;

  /**
   * A sum whose z are not there yet. Row {@code i} of the ratings says that user {@code users[i]} rated item {@code items[i]}.
   *
   * @throws InvalidInputException if users times items are too many to be kept as a table
   */
  RaterSum(Architecture.Collab size, int[] users, int[] items) {
    super(VERSION);
    if ((long) size.users() * size.items() > LARGEST) {
      throw new InvalidInputException("implicit feedback keeps a table of users times items, and "
          + size.users() + " times " + size.items() + " is more than " + LARGEST
          + "; train without it");
    }
    this.size = size;
    this.users = users.clone();
    this.items = items.clone();
    this.weight = addParameter(Parameter.builder()
        .setName("weight")
        .setType(Parameter.Type.WEIGHT)
        .optShape(new Shape(size.users(), size.factors()))
        .optInitializer(Initializer.ZEROS)
        .build());
  }

  /** The sums of all items, [items, factors]; they belong to the caller. */
  NDArray all() {
    return made(shares).matMul(weight.getArray());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    float[] shareOf = new float[size.items()];
    for (int item : items) {
      shareOf[item]++;
    }
    for (int item = 0; item < shareOf.length; item++) {
      shareOf[item] = shareOf[item] == 0 ? 0 : (float) (1 / Math.sqrt(shareOf[item]));
    }
    share = manager.create(shareOf, new Shape(size.items(), 1));
    shares = manager.create(table(shareOf), new Shape(size.items(), size.users()));
  }

  private float[] table(float[] shareOf) {
    float[] table = new float[size.items() * size.users()];
    for (int i = 0; i < items.length; i++) {
      table[items[i] * size.users() + users[i]] = shareOf[items[i]];
    }
    return table;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray user = inputs.get(0);
    NDArray item = inputs.get(1);
    NDArray table = store.getValue(weight, user.getDevice(), training);
    NDArray sum = rows(item, made(shares)).matMul(table);
    if (training) {
      NDArray own = Embedding.embedding(user, table, SparseFormat.DENSE).head();
      sum = sum.sub(own.mul(rows(item, made(share))));
    }
    return new NDList(sum);
  }

  private static NDArray rows(NDArray ids, NDArray table) {
    NDArray here = table.toDevice(ids.getDevice(), false);
    return ids.getNDArrayInternal().embedding(ids, here, SparseFormat.DENSE).head();
  }

  private static NDArray made(@Nullable NDArray array) {
    if (array == null) {
      throw new IllegalStateException("initialise the block before it is used");
    }
    return array;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0].add(size.factors())};
  }
}
