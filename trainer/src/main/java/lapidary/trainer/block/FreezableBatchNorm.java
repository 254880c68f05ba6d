package lapidary.trainer.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation over axis 1 (Ioffe &amp; Szegedy 2015), [N, C, …] → [N, C, …], ε 1e-5 and PyTorch's momentum .1, with
 * parameters named as in PyTorch. Unlike DJL's block it can be told to keep its running statistics while the network trains.
 */
public final class FreezableBatchNorm extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final int AXIS = 1;
  private static final float EPSILON = 1e-5f;
  /** The part of the old statistics that stays: DJL counts the other way round than PyTorch. */
  private static final float RETAINED = 0.9f;

  private final Parameter scale = add("weight", Parameter.Type.GAMMA, true);
  private final Parameter shift = add("bias", Parameter.Type.BETA, true);
  private final Parameter mean = add("running_mean", Parameter.Type.RUNNING_MEAN, false);
  private final Parameter variance = add("running_var", Parameter.Type.RUNNING_VAR, false);
  private boolean keepsStatistics;

  /** A block whose number of channels comes from its first input. */
  public FreezableBatchNorm() {
    super(VERSION);
  }

  private Parameter add(String name, Parameter.Type type, boolean trains) {
    return addParameter(
        Parameter.builder().setName(name).setType(type).optRequiresGrad(trains).build());
  }

  /** Whether to normalise with the running statistics even while training, and leave them as they are. */
  public void keepStatistics(boolean keep) {
    keepsStatistics = keep;
  }

  /** Whether it normalises with the running statistics even while training. */
  public boolean keepsStatistics() {
    return keepsStatistics;
  }

  public boolean isFrozen() {
    return !scale.requiresGradient();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    return BatchNorm.batchNorm(
        input,
        store.getValue(mean, input.getDevice(), training),
        store.getValue(variance, input.getDevice(), training),
        store.getValue(scale, input.getDevice(), training),
        store.getValue(shift, input.getDevice(), training),
        AXIS,
        RETAINED,
        EPSILON,
        training && !keepsStatistics);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0]};
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    Shape channels = new Shape(inputShapes[0].get(AXIS));
    scale.setShape(channels);
    shift.setShape(channels);
    mean.setShape(channels);
    variance.setShape(channels);
  }
}
