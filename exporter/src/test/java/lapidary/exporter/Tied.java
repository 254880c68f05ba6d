package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** x · W · Wᵀ, starting an operation from the parameter, whose result DJL would leave with the model. */
final class Tied extends AbstractBlock {
  private final Parameter weight;

  Tied() {
    weight = addParameter(Parameter.builder()
        .setName("weight")
        .setType(Parameter.Type.WEIGHT)
        .optShape(new Shape(6, 4))
        .build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDArray x = inputs.head();
    NDArray matrix = store.getValue(weight, x.getDevice(), training);
    NDArray turned = store.getValue(weight, x.getDevice(), training).transpose();
    // The reference pass must not leak either, so what starts from a parameter goes to the batch.
    turned.attach(x.getManager());
    return new NDList(x.matMul(matrix).matMul(turned));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs;
  }
}
