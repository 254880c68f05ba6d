package lapidary.trainer.learn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.SplittableRandom;
import lapidary.trainer.block.Weights;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.ParameterUpdates;
import org.jspecify.annotations.Nullable;

/** A network's parameters once more, on another device. The block itself is shared: it asks a store for its parameters. */
final class Replica implements AutoCloseable {
  private static final double DRAWN = 3;

  private final Network network;
  private final NDManager manager;
  private final IdentityHashMap<Parameter, NDArray> mirrors = new IdentityHashMap<>();
  private final ParameterStore store;

  Replica(Network network, Device device) {
    this.network = network;
    this.manager = Engines.manager(device);
    this.store = new Mirrored(manager);
    network.parameters().values().forEach(parameter -> {
      NDArray mirror = copy(parameter.getArray(), device);
      mirror.attach(manager);
      mirrors.put(parameter, mirror);
    });
  }

  Device device() {
    return manager.getDevice();
  }

  /** Runs the block on this device's parameters; inputs are there already. */
  NDList forward(NDList inputs) {
    mirrors.forEach((parameter, mirror) -> {
      if (mirror.hasGradient() != parameter.requiresGradient()) {
        mirror.setRequiresGradient(parameter.requiresGradient());
      }
    });
    return network.block().forward(store, inputs, true);
  }

  /** As {@link #forward}, but nothing is noted for gradients. */
  NDList answer(NDList inputs) {
    return network.block().forward(store, inputs, true);
  }

  /**
   * Draws this device's weights anew, from N(0, 9/inputs) for a layer's weights and N(0, 9) for the rest, so that answers are
   * neither tiny nor beyond what floats hold. Running statistics stay.
   */
  void draw(SplittableRandom random) {
    mirrors.forEach((parameter, mirror) -> {
      if (!ParameterUpdates.STATISTICS.contains(parameter.getType())) {
        Shape shape = mirror.getShape();
        long inputs = shape.dimension() > 1 ? shape.size() / shape.get(0) : 1;
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (DRAWN * random.nextGaussian() / Math.sqrt((double) inputs));
        }
        Weights.overwrite(mirror, values);
      }
    });
  }

  /** Adds the gradients found here to those of the network, and forgets them. */
  void giveGradients() {
    mirrors.forEach((parameter, mirror) -> {
      if (parameter.requiresGradient()) {
        NDArray own = parameter.getArray();
        try (NDArray gradient = mirror.getGradient();
            NDArray target = own.getGradient();
            NDArray moved = gradient.toDevice(own.getDevice(), true)) {
          target.addi(moved);
          gradient.subi(gradient);
        }
      }
    });
  }

  /** Forgets the gradients of a step that was not ended. */
  void forgetGradients() {
    mirrors.values().stream().filter(NDArray::hasGradient).forEach(mirror -> {
      try (NDArray gradient = mirror.getGradient()) {
        gradient.subi(gradient);
      }
    });
  }

  /** Takes over the network's weights after an update. Running statistics stay those of the network's own shard. */
  void takeWeights() {
    mirrors.forEach((parameter, mirror) -> {
      try (NDArray moved = parameter.getArray().toDevice(device(), true)) {
        mirror.set(new NDIndex("..."), moved);
      }
    });
  }

  /** DJL's toDevice gives the same memory on the same device, whatever is said about copying. */
  private static NDArray copy(NDArray array, Device device) {
    return array.getDevice().equals(device) ? array.duplicate() : array.toDevice(device, true);
  }

  @Override
  public void close() {
    if (manager.isOpen()) {
      manager.close();
    }
  }

  private final class Mirrored extends ParameterStore {
    Mirrored(NDManager manager) {
      super(manager, false);
    }

    /** A layer without a bias asks for it all the same. */
    @Override
    public @Nullable NDArray getValue(
        @Nullable Parameter parameter, Device device, boolean training) {
      if (parameter == null) {
        return null;
      }
      NDArray mirror = mirrors.get(parameter);
      if (mirror == null) {
        throw new IllegalStateException("parameter " + parameter.getName() + " was added to the"
            + " block after the learner was made");
      }
      return mirror;
    }
  }
}
