package lapidary.cli.train;

import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.Optimizer;
import lapidary.trainer.optim.Optimizers;
import lapidary.trainer.optim.WeightDecay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How weights follow gradients. What is not given is the model's documented recipe. */
final class OptimizerOption {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, momentum, rmsprop, adam (L2 decay) or adamw (decoupled decay).")
  private @Nullable String optimizer;

  @Option(names = "--wd", paramLabel = "LAMBDA", description = "Weight decay.")
  private @Nullable Double weightDecay;

  @Option(names = "--wd-weights-only", description = "No weight decay on biases and batch norm.")
  private boolean weightsOnly;

  @Option(names = "--momentum", paramLabel = "M", description = "Momentum, or beta1 of Adam.")
  private @Nullable Double momentum;

  @Option(names = "--batch", paramLabel = "N", description = "Rows a step.")
  private @Nullable Integer batch;

  @Option(
      names = "--clip-norm",
      paramLabel = "N",
      description = "Largest norm of all gradients together.")
  private @Nullable Double clipNorm;

  Recipe applyTo(Recipe recipe) {
    return recipe
        .withBatch(batch == null ? recipe.batch() : positive(batch))
        .withOptimizer(optimizer(recipe.optimizer()))
        .withClipNorm(clipNorm == null ? recipe.clipNorm() : present(clipNorm));
  }

  private Optimizer optimizer(Optimizer documented) {
    if (optimizer == null && weightDecay == null && momentum == null && !weightsOnly) {
      return documented;
    }
    if (optimizer == null && documented instanceof Adam adam) {
      return changed(adam);
    }
    double decay = documented.weightDecay().rate();
    OptionalDouble kept = optimizer == null ? OptionalDouble.of(decay) : OptionalDouble.empty();
    return Optimizers.named(
        optimizer == null ? documented.name() : optimizer,
        new Optimizers.Options(
            weightDecay == null ? kept : present(weightDecay), present(momentum), !weightsOnly));
  }

  /** A documented Adam keeps what no option names: beta2, epsilon, the kind of its decay and that of biases, if it has its own. */
  private Adam changed(Adam adam) {
    WeightDecay decay = adam.weightDecay();
    double rate = weightDecay == null ? decay.rate() : weightDecay;
    double ofBiases = decay.biasRate() == decay.rate() ? rate : decay.biasRate();
    return new Adam(
        momentum == null ? adam.beta1() : momentum,
        adam.beta2(),
        adam.epsilon(),
        new WeightDecay(rate, decay.kind(), weightsOnly ? 0 : ofBiases));
  }

  private static int positive(int batch) {
    if (batch < 1) {
      throw new InvalidInputException(
          "--batch " + batch + " is below 1; give at least one row a step");
    }
    return batch;
  }

  private static OptionalDouble present(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
