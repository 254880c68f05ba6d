package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.recurrent.GRU;
import ai.djl.training.ParameterStore;

/** Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder" (2014): the encoder, whose last state is classified. */
final class Classifier extends Written {
  private static final int WIDTH = 5;

  private final Block recurrent = child(
      "gru",
      GRU.builder().setStateSize(8).setNumLayers(2).optBatchFirst(true).build(),
      1,
      6,
      WIDTH);
  private final Block head = child("head", Layers.linear(3), 1, 8);

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray states = run(store, recurrent, inputs.singletonOrThrow(), training);
    return new NDList(run(store, head, states.get(":,-1"), training));
  }
}
