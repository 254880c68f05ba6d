package lapidary.trainer.network;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Seeds;

/**
 * How a network is built. Used once: the network takes the block.
 *
 * @param block without values
 * @param groups layers from the input to the head
 * @param fresh the weights it starts from
 * @param inputs shapes of one batch
 */
public record Blueprint(
    Block block, List<LayerGroup> groups, FreshWeights fresh, List<Shape> inputs) {
  /** Copies the lists. */
  public Blueprint {
    groups = List.copyOf(groups);
    inputs = List.copyOf(inputs);
  }

  /** The network with fresh weights from our own generator, so that a seed gives the same weights whatever ran before. */
  public Network fresh(long seed, Device device) {
    Network network = blank(device, Long.MAX_VALUE, "the network");
    fresh.fill(network, Seeds.random(seed, Seeds.Purpose.WEIGHTS, 0));
    return network;
  }

  /**
   * The network with weights that are to be replaced, and so are not worth drawing.
   *
   * @param limit values at most
   * @param what to call it in an error
   * @throws InvalidInputException if it has more, before memory is taken for them
   */
  public Network blank(Device device, long limit, String what) {
    Initializer zeros = zeros(limit, what);
    block.setInitializer(zeros, Parameter.Type.WEIGHT);
    block.setInitializer(zeros, Parameter.Type.BIAS);
    return Network.of(block, groups, device, 0, inputs.toArray(Shape[]::new));
  }

  private static Initializer zeros(long limit, String what) {
    long[] left = {limit};
    return (manager, shape, type) -> {
      left[0] -= shape.size();
      if (left[0] < 0) {
        throw new InvalidInputException(what + " has more than the " + limit
            + " values expected; describe it as it was trained");
      }
      return Initializer.ZEROS.initialize(manager, shape, type);
    };
  }
}
