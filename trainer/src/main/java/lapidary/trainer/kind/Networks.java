package lapidary.trainer.kind;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.Tabular;
import lapidary.trainer.block.EmbeddingDotBias;
import lapidary.trainer.block.HiddenLayerBlock;
import lapidary.trainer.block.LogisticBlock;
import lapidary.trainer.block.ResidualNetwork;
import lapidary.trainer.block.TabularBlock;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.network.Network;

/** The documented models as networks. Stateless. */
public final class Networks {
  private static final int PHOTO_CHANNELS = 3;
  /** Any size does, since only the number of channels decides the shapes of weights. */
  private static final int PHOTO_SIDE = 32;

  private static final List<LayerGroup> RESNET_GROUPS = List.of(
      new LayerGroup("stem and layers 1-2", List.of("conv1.", "bn1.", "layer1.", "layer2.")),
      new LayerGroup("layers 3-4", List.of("layer3.", "layer4.")),
      new LayerGroup("head", List.of(ResidualNetwork.HEAD, ResidualNetwork.CLASSIFIER)));

  private Networks() {}

  /** {@link #of(Architecture, long, Device)} on the CPU. */
  public static Network of(Architecture architecture, long seed) {
    return of(architecture, seed, Device.cpu());
  }

  /**
   * A documented model with fresh weights from our own generator, so that a seed gives the same weights whatever ran before: see
   * {@link FreshWeights}.
   *
   * @throws InvalidInputException for a custom architecture, whose block only its owner has
   */
  public static Network of(Architecture architecture, long seed, Device device) {
    Network network = blank(architecture, device);
    fresh(architecture).fill(network, Seeds.random(seed, Seeds.Purpose.WEIGHTS, 0));
    return network;
  }

  /** A documented model whose weights are to be replaced, and so are not worth drawing. */
  public static Network blank(Architecture architecture, Device device) {
    return blank(architecture, device, Long.MAX_VALUE);
  }

  /** As {@link #blank(Architecture, Device)}, refusing more than {@code limit} values before memory is taken for them. */
  public static Network blank(Architecture architecture, Device device, long limit) {
    Block block = block(architecture);
    Initializer zeros = zeros(architecture, limit);
    block.setInitializer(zeros, Parameter.Type.WEIGHT);
    block.setInitializer(zeros, Parameter.Type.BIAS);
    return Network.of(block, groups(architecture), device, 0, inputShapes(architecture));
  }

  private static Initializer zeros(Architecture architecture, long limit) {
    long[] left = {limit};
    return (manager, shape, type) -> {
      left[0] -= shape.size();
      if (left[0] < 0) {
        throw new InvalidInputException(architecture + " has more than the " + limit
            + " values expected; describe it as it was trained");
      }
      return Initializer.ZEROS.initialize(manager, shape, type);
    };
  }

  private static Block block(Architecture architecture) {
    if (architecture instanceof Architecture.MnistLogistic logistic) {
      return new LogisticBlock(logistic.classes());
    }
    if (architecture instanceof Architecture.MnistNn nn) {
      return new HiddenLayerBlock(nn.hidden(), nn.classes());
    }
    if (architecture instanceof Architecture.Collab collab) {
      return new EmbeddingDotBias(collab);
    }
    if (architecture instanceof Architecture.Resnet resnet) {
      return new ResidualNetwork(resnet);
    }
    if (architecture instanceof Tabular tabular) {
      return new TabularBlock(tabular);
    }
    throw notDocumented(architecture);
  }

  private static Shape[] inputShapes(Architecture architecture) {
    if (architecture instanceof Architecture.Resnet) {
      return new Shape[] {new Shape(1, PHOTO_CHANNELS, PHOTO_SIDE, PHOTO_SIDE)};
    }
    if (architecture instanceof Tabular tabular) {
      return tabular.columns().stream().map(column -> new Shape(1)).toArray(Shape[]::new);
    }
    return architecture instanceof Architecture.Collab
        ? new Shape[] {new Shape(1), new Shape(1)}
        : new Shape[] {new Shape(1, pixels(architecture))};
  }

  private static long pixels(Architecture architecture) {
    if (architecture instanceof Architecture.MnistLogistic logistic) {
      return logistic.inputs();
    }
    if (architecture instanceof Architecture.MnistNn nn) {
      return nn.inputs();
    }
    if (architecture instanceof Architecture.Collab) {
      throw new InvalidInputException(
          architecture.name() + " takes ids of users and items, not images; give ratings");
    }
    if (architecture instanceof Tabular) {
      throw new InvalidInputException(
          architecture.name() + " takes rows of a table, not images; give a table");
    }
    throw notDocumented(architecture);
  }

  private static List<LayerGroup> groups(Architecture architecture) {
    if (architecture instanceof Architecture.Resnet) {
      return RESNET_GROUPS;
    }
    return architecture instanceof Architecture.MnistNn
        ? List.of(
            new LayerGroup("hidden", List.of("lin1.")), new LayerGroup("head", List.of("lin2.")))
        : LayerGroup.whole();
  }

  private static FreshWeights fresh(Architecture architecture) {
    if (architecture instanceof Architecture.Resnet) {
      return FreshWeights.KAIMING_NORMAL;
    }
    if (architecture instanceof Tabular) {
      return FreshWeights.TABULAR;
    }
    return architecture instanceof Architecture.Collab
        ? FreshWeights.TRUNCATED_NORMAL
        : FreshWeights.LINEAR;
  }

  private static InvalidInputException notDocumented(Architecture architecture) {
    return new InvalidInputException("model " + architecture.name()
        + " is not one of the documented " + Architecture.DOCUMENTED
        + "; build its block yourself and use Network.of");
  }
}
