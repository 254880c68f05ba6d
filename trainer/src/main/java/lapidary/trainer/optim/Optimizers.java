package lapidary.trainer.optim;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;

/** The optimisers the command line knows by name. Stateless. */
public final class Optimizers {
  /** Momentum where the name {@code momentum} is given without a value. */
  public static final double MOMENTUM = 0.9;

  private static final Map<String, Function<Options, Optimizer>> BY_NAME = new TreeMap<>(Map.of(
      "sgd", o -> new Sgd(0, o.l2()),
      "momentum", o -> new Sgd(o.momentum().orElse(MOMENTUM), o.l2()),
      "rmsprop", o -> new RmsProp(0.99, 1e-8, o.l2()),
      "adam", o -> new Adam(o.momentum().orElse(0.9), 0.999, 1e-8, o.l2()),
      "adamw", o -> new Adam(o.momentum().orElse(0.9), 0.999, 1e-8, o.decoupled())));

  private Optimizers() {}

  /**
   * What may be said beside the name.
   *
   * @param weightDecay λ; where it is absent, .01 for {@code adamw} and 0 for the others, as in PyTorch
   * @param momentum momentum or beta1; where it is absent, .9
   * @param decayEverywhere also on biases and batch norm
   */
  public record Options(
      OptionalDouble weightDecay, OptionalDouble momentum, boolean decayEverywhere) {
    /** Nothing said: PyTorch's defaults. */
    public static final Options DEFAULT =
        new Options(OptionalDouble.empty(), OptionalDouble.empty(), true);

    private WeightDecay l2() {
      return new WeightDecay(weightDecay.orElse(0), WeightDecay.Kind.L2, decayEverywhere);
    }

    private WeightDecay decoupled() {
      return new WeightDecay(weightDecay.orElse(0.01), WeightDecay.Kind.DECOUPLED, decayEverywhere);
    }
  }

  /**
   * The optimiser {@code sgd}, {@code momentum}, {@code rmsprop}, {@code adam} (L2 decay) or {@code adamw} (decoupled decay).
   *
   * @throws InvalidInputException for another name, with the nearest known one, or a momentum that the optimiser has not
   */
  public static Optimizer named(String name, Options options) {
    Function<Options, Optimizer> make = BY_NAME.get(name);
    if (make == null) {
      throw NearestName.unknown("optimizer", name, BY_NAME.keySet());
    }
    Optimizer optimizer = make.apply(options);
    if (options.momentum().isPresent()
        && optimizer.momentum() != options.momentum().getAsDouble()) {
      throw new InvalidInputException("optimizer " + name + " has no momentum to set; omit it"
          + " or use momentum, adam or adamw");
    }
    return optimizer;
  }
}
