package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;

/** Huang, Xu and Yu, "Bidirectional LSTM-CRF Models for Sequence Tagging" (2015), scores of tags without the CRF. */
final class Tagger extends Written {
  private static final int WORDS = 40;
  private static final int WIDTH = 12;

  private final Parameter words = addParameter(Parameter.builder()
      .setName("words")
      .setType(Parameter.Type.WEIGHT)
      .optInitializer(new NormalInitializer(.5f))
      .optShape(new Shape(WORDS, WIDTH))
      .build());
  // DJL gives the engine the biases of two ways in an order that it does not take.
  private final Block recurrent = child(
      "lstm",
      LSTM.builder()
          .setStateSize(10)
          .setNumLayers(2)
          .optBidirectional(true)
          .optHasBiases(false)
          .optBatchFirst(true)
          .build(),
      1,
      6,
      WIDTH);
  private final Block head = child("head", Layers.linear(7), 1, 6, 20);

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray ids = inputs.singletonOrThrow();
    NDArray table = store.getValue(words, ids.getDevice(), training);
    NDArray vectors = Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
    return new NDList(
        run(store, head, run(store, recurrent, vectors, training), training).logSoftmax(-1));
  }
}
