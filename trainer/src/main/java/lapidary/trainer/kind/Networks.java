package lapidary.trainer.kind;

import ai.djl.Device;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.trainer.network.Blueprint;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.Network;

/** The documented models as networks. Stateless. */
public final class Networks {
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
    return blueprint(architecture).fresh(seed, device);
  }

  /** A documented model whose weights are to be replaced, and so are not worth drawing. */
  public static Network blank(Architecture architecture, Device device) {
    return blank(architecture, device, Long.MAX_VALUE);
  }

  /**
   * As {@link #blank(Architecture, Device)}, refusing more than {@code limit} values before memory is taken for them.
   *
   * @throws InvalidInputException if there are more
   */
  public static Network blank(Architecture architecture, Device device, long limit) {
    return blueprint(architecture).blank(device, limit, architecture.toString());
  }

  private static Blueprint blueprint(Architecture architecture) {
    return ModelChoice.documented().stream()
        .flatMap(model -> model.blueprint(architecture).stream())
        .findFirst()
        .orElseThrow(() -> new InvalidInputException("model " + architecture.name()
            + " is not one of the documented " + Architecture.DOCUMENTED
            + "; build its block yourself and use Network.of"));
  }
}
