package lapidary.trainer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.SplittableRandom;
import lapidary.models.Architecture;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.Signature;

/** The documented models as networks. Stateless. */
public final class Networks {
  private Networks() {}

  /** {@link #of(Architecture, long, Device)} on the CPU. */
  public static Network of(Architecture architecture, long seed) {
    return of(architecture, seed, Device.cpu());
  }

  /**
   * A documented model with fresh weights: PyTorch's default for linear layers, U(±1/√inputs) for weights and biases, from our
   * own generator, so that a seed gives the same weights whatever ran before.
   *
   * @throws InvalidInputException for a custom architecture, whose block only its owner has
   */
  public static Network of(Architecture architecture, long seed, Device device) {
    Network network = Network.of(
        block(architecture), groups(architecture), device, seed, inputShape(architecture));
    fill(network, Seeds.random(seed, Seeds.Purpose.WEIGHTS, 0));
    return network;
  }

  /**
   * The signature of a documented model's ONNX file: {@code logits}, {@code probabilities} and, where the network has them,
   * {@code features}.
   *
   * @throws InvalidInputException for a custom architecture, or an image of another size than the network's
   */
  public static Signature signature(Architecture architecture, ImageInput input) {
    if (input.size().values() != inputShape(architecture).get(1)) {
      throw new InvalidInputException(architecture.name() + " takes "
          + inputShape(architecture).get(1) + " pixels, the image has "
          + input.size().values() + "; build the model for this image size");
    }
    List<Output> scores =
        List.of(Output.of(Output.LOGITS, 0), Output.softmax(Output.PROBABILITIES, 0));
    return architecture instanceof Architecture.MnistNn
        ? new Signature(
            List.of(input), List.of(scores.get(0), scores.get(1), Output.of(Output.FEATURES, 1)))
        : new Signature(List.of(input), scores);
  }

  private static Block block(Architecture architecture) {
    if (architecture instanceof Architecture.MnistLogistic logistic) {
      return new LogisticBlock(logistic.classes());
    }
    if (architecture instanceof Architecture.MnistNn nn) {
      return new HiddenLayerBlock(nn.hidden(), nn.classes());
    }
    throw notDocumented(architecture);
  }

  private static Shape inputShape(Architecture architecture) {
    if (architecture instanceof Architecture.MnistLogistic logistic) {
      return new Shape(1, logistic.inputs());
    }
    if (architecture instanceof Architecture.MnistNn nn) {
      return new Shape(1, nn.inputs());
    }
    throw notDocumented(architecture);
  }

  private static List<LayerGroup> groups(Architecture architecture) {
    return architecture instanceof Architecture.MnistNn
        ? List.of(
            new LayerGroup("hidden", List.of("lin1.")), new LayerGroup("head", List.of("lin2.")))
        : LayerGroup.whole();
  }

  private static void fill(Network network, SplittableRandom random) {
    double bound = 1;
    for (Parameter parameter : network.parameters().values()) {
      NDArray array = parameter.getArray();
      // A layer's weight [outputs, inputs] comes before its bias [outputs], and both have its
      // bound.
      if (array.getShape().dimension() == 2) {
        bound = 1 / Math.sqrt((double) array.size(1));
      }
      uniform(array, bound, random);
    }
  }

  private static void uniform(NDArray array, double bound, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(array.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    Network.overwrite(array, values);
  }

  private static InvalidInputException notDocumented(Architecture architecture) {
    return new InvalidInputException("model " + architecture.name()
        + " is not one of the documented " + Architecture.DOCUMENTED
        + "; build its block yourself and use Network.of");
  }
}
