package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import java.util.ArrayList;
import java.util.List;

/** Dosovitskiy et al., "An Image is Worth 16x16 Words" (2020): patches, a class token, positions, pre-norm encoders. */
final class VisionTransformer extends Written {
  private static final int SIZE = 32;
  private static final int PATCH = 8;
  private static final int WIDTH = 24;
  private static final int HEADS = 3;
  private static final int TOKENS = SIZE / PATCH * (SIZE / PATCH) + 1;

  private final Block patches;
  private final Parameter token;
  private final Parameter positions;
  private final List<Encoder> encoders = new ArrayList<>();
  private final Block norm;
  private final Block head;

  /** The layers of one encoder. */
  private record Encoder(Block before, Block joint, Block out, Block between, Block forward) {}

  VisionTransformer(int depth, int classes) {
    patches = child(
        "patches",
        Conv2d.builder()
            .setFilters(WIDTH)
            .setKernelShape(new Shape(PATCH, PATCH))
            .optStride(new Shape(PATCH, PATCH))
            .build(),
        1,
        3,
        SIZE,
        SIZE);
    token = parameter("token", 1, 1, WIDTH);
    positions = parameter("positions", 1, TOKENS, WIDTH);
    for (int i = 0; i < depth; i++) {
      encoders.add(new Encoder(
          child("before" + i, LayerNorm.builder().axis(2).build(), 1, TOKENS, WIDTH),
          child("joint" + i, Layers.linear(3 * WIDTH), 1, TOKENS, WIDTH),
          child("out" + i, Layers.linear(WIDTH), 1, TOKENS, WIDTH),
          child("between" + i, LayerNorm.builder().axis(2).build(), 1, TOKENS, WIDTH),
          child("forward" + i, Layers.feedForward(2 * WIDTH, WIDTH), 1, TOKENS, WIDTH)));
    }
    norm = child("norm", LayerNorm.builder().axis(2).build(), 1, TOKENS, WIDTH);
    head = child("head", Layers.linear(classes), 1, WIDTH);
  }

  private Parameter parameter(String name, long... shape) {
    return addParameter(Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.WEIGHT)
        .optInitializer(new NormalInitializer(.5f))
        .optShape(new Shape(shape))
        .build());
  }

  @Override
  NDList compute(ParameterStore store, NDList inputs, boolean training) {
    NDArray image = inputs.singletonOrThrow();
    long batch = image.size(0);
    NDArray x =
        run(store, patches, image, training).reshape(batch, WIDTH, TOKENS - 1).transpose(0, 2, 1);
    NDArray first =
        store.getValue(token, image.getDevice(), training).broadcast(new Shape(batch, 1, WIDTH));
    x = first.concat(x, 1).add(store.getValue(positions, image.getDevice(), training));
    for (Encoder encoder : encoders) {
      NDArray normed = run(store, encoder.before(), x, training);
      x = x.add(attention(store, encoder, normed, training));
      x = x.add(
          run(store, encoder.forward(), run(store, encoder.between(), x, training), training));
    }
    return new NDList(run(store, head, run(store, norm, x, training).get(":,0"), training));
  }

  private static NDArray attention(
      ParameterStore store, Encoder encoder, NDArray x, boolean training) {
    long batch = x.size(0);
    NDArray joint = run(store, encoder.joint(), x, training)
        .reshape(batch, TOKENS, 3, HEADS, WIDTH / HEADS)
        .transpose(2, 0, 3, 1, 4);
    NDArray scores = joint.get(0).matMul(joint.get(1).transpose(0, 1, 3, 2));
    NDArray weights = scores.div(Math.sqrt((double) WIDTH / HEADS)).softmax(-1);
    NDArray mixed =
        weights.matMul(joint.get(2)).transpose(0, 2, 1, 3).reshape(batch, TOKENS, WIDTH);
    return run(store, encoder.out(), mixed, training);
  }
}
